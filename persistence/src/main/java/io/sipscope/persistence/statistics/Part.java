package io.sipscope.persistence.statistics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// What one node has counted: its part of the cluster's statistics. Or what nodes have that left,
/// taken together.
///
/// @param values as counted since the node started; a reset does not change them
/// @param fractions averages and shares
/// @param baselines what is to be taken off, by name
/// @param together the nodes that are taken together here; empty for a node's own part
public record Part(
    Map<StatisticName, Long> values,
    Map<StatisticName, Fraction> fractions,
    Map<StatisticName, Baseline> baselines,
    Set<String> together) {
  public Part {
    values = Map.copyOf(values);
    fractions = Map.copyOf(fractions);
    baselines = Map.copyOf(baselines);
    together = Set.copyOf(together);
  }

  static final Part EMPTY = new Part(Map.of(), Map.of(), Map.of(), Set.of());

  Baseline baseline(StatisticName name) {
    return baselines.getOrDefault(name, Baseline.NEVER);
  }

  /// What is left of a value after the latest reset anywhere: nothing, where this part does not
  /// know of that one yet.
  long left(StatisticName name, long latestReset) {
    var baseline = baseline(name);
    return baseline.number() < latestReset ? 0 : values.getOrDefault(name, 0L) - baseline.counted();
  }

  /// This part and that of a node that left, as one.
  ///
  /// @param kept which values outlive their node
  Part and(String node, Part other, Predicate<StatisticName> kept) {
    var sums = new HashMap<StatisticName, Long>();
    var newest = new HashMap<StatisticName, Baseline>();
    for (var part : List.of(this, other)) {
      part.baselines.forEach(
          (name, baseline) ->
              newest.merge(
                  name,
                  new Baseline(baseline.number(), 0),
                  (a, b) -> a.number() < b.number() ? b : a));
    }
    for (var part : List.of(this, other)) {
      for (var name : part.values.keySet()) {
        if (kept.test(name)) {
          long latest = newest.getOrDefault(name, Baseline.NEVER).number();
          sums.merge(name, part.left(name, latest), Long::sum);
        }
      }
    }
    var nodes = new HashSet<>(together);
    nodes.add(node);
    return new Part(sums, Map.of(), newest, nodes);
  }

  /// The same without the names of nodes that nobody has a part of any more.
  Part forgetting(Predicate<String> gone) {
    var nodes = new HashSet<>(together);
    nodes.removeIf(gone);
    return new Part(values, fractions, baselines, nodes);
  }
}
