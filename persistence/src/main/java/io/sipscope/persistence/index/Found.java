package io.sipscope.persistence.index;

import java.util.Optional;

/// A row that a statement found.
///
/// @param row empty when its summary cannot be read
record Found(String key, long startedAt, long updatedAt, Optional<DialogRow> row) {

  long time(SearchOrder order) {
    return switch (order) {
      case STARTED -> startedAt;
      case UPDATED -> updatedAt;
    };
  }

  /// How far from a time it began or was last heard of.
  long distance(long time) {
    return Math.min(Math.abs(startedAt - time), Math.abs(updatedAt - time));
  }
}
