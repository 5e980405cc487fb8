package io.sipscope.protocol.dialog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Values in the order of their first appearance, whatever order they are learned in, and no more
/// than a bound: when there are more, the earliest.
final class Firsts<T> {
  private record First<T>(T value, long time, int rank) {}

  private static final Comparator<First<?>> IN_ORDER =
      Comparator.<First<?>>comparingLong(First::time)
          .thenComparingInt(First::rank)
          .thenComparing(first -> first.value().toString());

  private final int bound;
  private final List<First<T>> firsts = new ArrayList<>(2);

  Firsts(int bound) {
    this.bound = bound;
  }

  /// @param rank order among values of one time
  void see(T value, long time, int rank) {
    for (int i = 0; i < firsts.size(); i++) {
      var known = firsts.get(i);
      if (known.value().equals(value)) {
        if (time < known.time() || (time == known.time() && rank < known.rank())) {
          firsts.set(i, new First<>(known.value(), time, rank));
        }
        return;
      }
    }
    firsts.add(new First<>(value, time, rank));
    if (firsts.size() > bound) {
      firsts.sort(IN_ORDER);
      firsts.removeLast();
    }
  }

  List<T> list() {
    if (firsts.size() > 1) {
      firsts.sort(IN_ORDER);
    }
    var values = new ArrayList<T>(firsts.size());
    for (var first : firsts) {
      values.add(first.value());
    }
    return List.copyOf(values);
  }
}
