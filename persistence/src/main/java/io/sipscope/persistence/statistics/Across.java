package io.sipscope.persistence.statistics;

import java.util.Collection;

/// What the values that several nodes have for one statistic come to.
public enum Across {
  /// Counts and amounts add up.
  SUM,
  /// Adds up, and what a node counted stays in the sum when it left: what began under one node may
  /// end under another.
  LASTING,
  /// How long ago, how far behind: the worst one tells.
  MAX,
  /// Percentages and the like: the mean of the nodes, rounded down.
  AVERAGE,
  /// Means something on its node only, such as what is of one thread: the asked node's own value.
  LOCAL;

  /// @param values one each of those nodes that have it, at least one
  long of(Collection<Long> values) {
    long sum = 0;
    long most = Long.MIN_VALUE;
    for (long value : values) {
      sum += value;
      most = Math.max(most, value);
    }
    return switch (this) {
      case SUM, LASTING -> sum;
      case MAX, LOCAL -> most;
      case AVERAGE -> Math.floorDiv(sum, values.size());
    };
  }
}
