package io.sipscope.persistence.index;

import io.sipscope.protocol.dialog.DialogSummary;
import java.util.List;

/// One dialog in the index.
///
/// @param key the entity key: the Call-ID, or what stands for it
/// @param trunk the first configured trunk that one of its addresses belongs to; empty when none
/// @param damaged one sentence on what of it cannot be read; empty when it is sound, or seems so
/// @param links what other legs of its call are found by, see [DialogIndex#linked]; not every store
///     reads them back
public record DialogRow(
    String key, DialogSummary summary, String trunk, String damaged, List<String> links) {
  public DialogRow {
    links = List.copyOf(links);
  }

  /// A dialog of which no other leg is found.
  public DialogRow(String key, DialogSummary summary, String trunk, String damaged) {
    this(key, summary, trunk, damaged, List.of());
  }

  /// A dialog that is sound.
  public DialogRow(String key, DialogSummary summary, String trunk) {
    this(key, summary, trunk, "");
  }
}
