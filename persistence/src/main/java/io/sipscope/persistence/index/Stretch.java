package io.sipscope.persistence.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What one statement of a search reads: rows of a part within times.
///
/// Most dialogs are short. Of those, a bound on one of their times is a bound on the other, so that
/// a walk along either ends; the few long ones have an index of their own.
record Stretch(IndexPart part, Length length, TimeBounds times) {
  /// In seconds, what a dialog lasts longer than to be long. In the index `dialog_index_long`.
  static final long LONG_SECONDS = 3600;

  private static final long LONG = LONG_SECONDS * 1_000_000_000L;

  /// Lengths are differences of whole seconds.
  private static final long SHORT = LONG + 1_000_000_000L;

  enum Length {
    /// All of the part: no time bounds it.
    ANY,
    SHORT,
    LONG
  }

  /// No row is newer.
  long newest(SearchOrder order) {
    return switch (order) {
      case STARTED -> times.startedTo();
      case UPDATED -> times.updatedTo();
    };
  }

  /// What is to be read to see every row within times, those first that may have the newest.
  static List<Stretch> of(List<IndexPart> parts, TimeBounds times, SearchOrder order) {
    var stretches = new ArrayList<Stretch>();
    for (var part : parts) {
      cut(part, times, stretches);
    }
    stretches.sort(Comparator.comparingLong((Stretch one) -> one.newest(order)).reversed());
    return stretches;
  }

  private static void cut(IndexPart part, TimeBounds times, List<Stretch> stretches) {
    long from = Math.max(times.updatedFrom(), part.updatedFrom());
    long to = Math.min(times.updatedTo(), part.updatedTo());
    if (from > to) {
      return;
    }
    boolean whole =
        part.alone()
            && from == part.updatedFrom()
            && to == part.updatedTo()
            && times.startedFrom() == Long.MIN_VALUE
            && times.startedTo() >= to;
    if (whole) {
      stretches.add(new Stretch(part, Length.ANY, new TimeBounds(Long.MIN_VALUE, to, from, to)));
      return;
    }
    long started = Math.min(times.startedTo(), to);
    var ofShort =
        new TimeBounds(
            Math.max(times.startedFrom(), TimeBounds.plus(from, -SHORT)),
            started,
            from,
            Math.min(to, TimeBounds.plus(started, SHORT)));
    if (ofShort.startedFrom() <= started && from <= ofShort.updatedTo()) {
      stretches.add(new Stretch(part, Length.SHORT, ofShort));
    }
    var ofLong =
        new TimeBounds(
            times.startedFrom(), Math.min(started, TimeBounds.plus(to, -LONG)), from, to);
    if (ofLong.startedFrom() <= ofLong.startedTo()) {
      stretches.add(new Stretch(part, Length.LONG, ofLong));
    }
  }
}
