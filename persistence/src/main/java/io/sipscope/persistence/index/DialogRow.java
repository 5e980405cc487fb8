package io.sipscope.persistence.index;

import io.sipscope.protocol.dialog.DialogSummary;

/// One dialog in the index.
///
/// @param key the entity key: the Call-ID, or what stands for it
/// @param trunk the first configured trunk that one of its addresses belongs to; empty when none
/// @param damaged one sentence on what of it cannot be read; empty when it is sound, or seems so
public record DialogRow(String key, DialogSummary summary, String trunk, String damaged) {

  /// A dialog that is sound.
  public DialogRow(String key, DialogSummary summary, String trunk) {
    this(key, summary, trunk, "");
  }
}
