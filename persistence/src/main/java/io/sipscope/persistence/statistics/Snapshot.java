package io.sipscope.persistence.statistics;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The values of one node's statistics at one moment: that node's part of the cluster's.
public record Snapshot(SortedMap<StatisticName, Long> values) {
  public Snapshot {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /// The sum of every node's value by name.
  static SortedMap<StatisticName, Long> sum(Map<String, Snapshot> nodes) {
    var sums = new TreeMap<StatisticName, Long>();
    for (var snapshot : nodes.values()) {
      snapshot.values().forEach((name, value) -> sums.merge(name, value, Long::sum));
    }
    return Collections.unmodifiableSortedMap(sums);
  }
}
