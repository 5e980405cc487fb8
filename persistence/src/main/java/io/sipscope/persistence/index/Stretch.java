package io.sipscope.persistence.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What one statement of a search reads: rows of a part within times.
///
/// Most dialogs are short. Of those, a bound on one of their times is a bound on the other, so that
/// a walk along either ends; the few long ones have an index of their own.
record Stretch(IndexPart part, Length length, TimeBounds times) {
  /// What a dialog lasts longer than to be long: the column `long`.
  private static final long LONG = 3_600_000_000_000L;

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
  ///
  /// @param parts those of a segment follow each other
  static List<Stretch> of(List<IndexPart> parts, TimeBounds times, SearchOrder order) {
    var stretches = new ArrayList<Stretch>();
    int first = 0;
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      if (part.alone() && isAllOf(part, times)) {
        stretches.add(new Stretch(part, Length.ANY, within(part, times)));
      } else {
        addShort(part, times, stretches);
        if (i + 1 == parts.size() || parts.get(i + 1).segment() != part.segment()) {
          addLong(part.alone() ? part : all(parts.get(first), part), times, stretches);
        }
      }
      if (i + 1 < parts.size() && parts.get(i + 1).segment() != part.segment()) {
        first = i + 1;
      }
    }
    stretches.sort(Comparator.comparingLong((Stretch one) -> one.newest(order)).reversed());
    return stretches;
  }

  /// Long dialogs are few enough to be read for all parts of a segment at once.
  private static IndexPart all(IndexPart first, IndexPart last) {
    return new IndexPart(
        first.segment(), first.updatedFrom(), last.updatedTo(), false, false, false);
  }

  private static boolean isAllOf(IndexPart part, TimeBounds times) {
    return times.updatedFrom() <= part.updatedFrom()
        && times.updatedTo() >= part.updatedTo()
        && times.startedFrom() == Long.MIN_VALUE
        && times.startedTo() >= part.updatedTo();
  }

  /// The times of a part's rows: none begins after its last message.
  private static TimeBounds within(IndexPart part, TimeBounds times) {
    long to = Math.min(times.updatedTo(), part.updatedTo());
    return new TimeBounds(
        times.startedFrom(),
        Math.min(times.startedTo(), to),
        Math.max(times.updatedFrom(), part.updatedFrom()),
        to);
  }

  private static void addShort(IndexPart part, TimeBounds times, List<Stretch> stretches) {
    var in = within(part, times);
    add(
        part,
        Length.SHORT,
        new TimeBounds(
            Math.max(in.startedFrom(), TimeBounds.plus(in.updatedFrom(), -SHORT)),
            in.startedTo(),
            in.updatedFrom(),
            Math.min(in.updatedTo(), TimeBounds.plus(in.startedTo(), SHORT))),
        stretches);
  }

  private static void addLong(IndexPart part, TimeBounds times, List<Stretch> stretches) {
    var in = within(part, times);
    add(
        part,
        Length.LONG,
        new TimeBounds(
            in.startedFrom(),
            Math.min(in.startedTo(), TimeBounds.plus(in.updatedTo(), -LONG)),
            in.updatedFrom(),
            in.updatedTo()),
        stretches);
  }

  private static void add(
      IndexPart part, Length length, TimeBounds times, List<Stretch> stretches) {
    if (times.startedFrom() <= times.startedTo() && times.updatedFrom() <= times.updatedTo()) {
      stretches.add(new Stretch(part, length, times));
    }
  }
}
