package io.sipscope.persistence.alerts;

import io.sipscope.persistence.statistics.SessionMeasures.Side;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The sums of all nodes, of what happened since each was first heard of: a node that comes brings
/// nothing along that happened before, and one that goes takes nothing with it. Mutable.
final class KpiGrowth {
  private final Map<String, Map<Side, KpiSums>> lastByNode = new HashMap<>();
  private final Map<Side, KpiSums> grown = new HashMap<>();

  /// @param node by its incarnation: one that starts again begins at 0
  /// @param sums of that node, since its start
  void heard(String node, Map<Side, KpiSums> sums) {
    var last = lastByNode.put(node, sums);
    if (last != null) {
      sums.forEach(
          (side, now) ->
              grown.merge(side, now.minus(last.getOrDefault(side, KpiSums.NONE)), KpiSums::plus));
    }
  }

  /// What happens on the other nodes until they are heard of again does not count.
  void keepOnly(Set<String> nodes) {
    lastByNode.keySet().retainAll(nodes);
  }

  void forget() {
    lastByNode.clear();
    grown.clear();
  }

  Map<Side, KpiSums> sums() {
    return Map.copyOf(grown);
  }
}
