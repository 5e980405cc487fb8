package io.sipscope.persistence.index;

import java.util.List;

/// Dialogs that may have to do with another.
///
/// @param complete whether these are all of them
public record Related(List<DialogRow> rows, boolean complete) {
  public Related {
    rows = List.copyOf(rows);
  }
}
