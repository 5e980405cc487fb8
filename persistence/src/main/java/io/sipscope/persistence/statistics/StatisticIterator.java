package io.sipscope.persistence.statistics;

import java.util.List;
import java.util.Optional;

/// `stat_iter_next`: the statistics of a group as they were when it was asked for. Reading resets
/// nothing.
public final class StatisticIterator {
  private final List<Reading> readings;
  private int position;

  StatisticIterator(List<Reading> readings) {
    this.readings = List.copyOf(readings);
  }

  /// The next one; empty at the end, and from then on.
  public Optional<Reading> next() {
    return position == readings.size() ? Optional.empty() : Optional.of(readings.get(position++));
  }
}
