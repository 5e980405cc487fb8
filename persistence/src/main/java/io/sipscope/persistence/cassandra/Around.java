package io.sipscope.persistence.cassandra;

import io.sipscope.persistence.index.DialogRow;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Collects the dialogs that are nearest to a time: those that began or were last heard of nearest
/// to it first, of equals the newer. Keeps no more than are wanted.
final class Around {
  private final long time;
  private final long earliest;
  private final long latest;
  private final int limit;
  private final TreeSet<DialogRow> nearest;
  private final Set<String> keys = new HashSet<>();

  /// @param window how far from the time messages may be, nanoseconds
  Around(long time, long window, int limit) {
    this.time = time;
    this.earliest = saturated(time, -window);
    this.latest = saturated(time, window);
    this.limit = limit;
    nearest =
        new TreeSet<>(
            Comparator.comparingLong(this::distance)
                .thenComparing(
                    Comparator.<DialogRow>comparingLong(row -> row.summary().startedAt())
                        .thenComparing(DialogRow::key)
                        .reversed()));
  }

  static List<DialogRow> of(long time, long window, int limit, List<DialogRow> rows) {
    var nearest = new Around(time, window, limit);
    rows.forEach(nearest::offer);
    return nearest.rows();
  }

  long earliest() {
    return earliest;
  }

  long latest() {
    return latest;
  }

  /// Takes a row in if its messages reach into the window.
  void offer(DialogRow row) {
    var summary = row.summary();
    if (summary.startedAt() > latest || summary.updatedAt() < earliest || !keys.add(row.key())) {
      return;
    }
    nearest.add(row);
    if (nearest.size() > limit) {
      keys.remove(nearest.pollLast().key());
    }
  }

  boolean isFull() {
    return nearest.size() == limit;
  }

  List<DialogRow> rows() {
    return List.copyOf(nearest);
  }

  private long distance(DialogRow row) {
    var summary = row.summary();
    return Math.min(Math.abs(summary.startedAt() - time), Math.abs(summary.updatedAt() - time));
  }

  private static long saturated(long time, long by) {
    long sum = time + by;
    boolean overflow = ((time ^ sum) & (by ^ sum)) < 0;
    return overflow ? (by < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }
}
