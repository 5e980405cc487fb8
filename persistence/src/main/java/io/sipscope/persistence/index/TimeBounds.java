package io.sipscope.persistence.index;

import io.sipscope.persistence.index.DialogIndex.Cursor;
import java.util.Optional;

/// When dialogs may have begun and been last heard of; nanoseconds, all included.
record TimeBounds(long startedFrom, long startedTo, long updatedFrom, long updatedTo) {

  static TimeBounds of(DialogQuery query, SearchOrder order, Optional<Cursor> after) {
    long end = query.end().orElse(Long.MAX_VALUE);
    long started = query.end().isPresent() ? plus(end, -1) : end;
    long updated = Long.MAX_VALUE;
    if (after.isPresent()) {
      long time = after.get().time();
      switch (order) {
        case STARTED -> started = Math.min(started, time);
        case UPDATED -> updated = time;
      }
    }
    return new TimeBounds(Long.MIN_VALUE, started, query.start().orElse(Long.MIN_VALUE), updated);
  }

  TimeBounds and(DialogQuery query) {
    long end = query.end().orElse(Long.MAX_VALUE);
    return new TimeBounds(
        startedFrom,
        query.end().isPresent() ? Math.min(startedTo, plus(end, -1)) : startedTo,
        Math.max(updatedFrom, query.start().orElse(Long.MIN_VALUE)),
        updatedTo);
  }

  /// The sum, or the largest or smallest number there is.
  static long plus(long time, long by) {
    long sum = time + by;
    boolean overflow = ((time ^ sum) & (by ^ sum)) < 0;
    return overflow ? (by < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }
}
