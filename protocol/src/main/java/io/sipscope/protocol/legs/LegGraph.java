package io.sipscope.protocol.legs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The legs of one call: what can be reached from one of them over edges, and how sure that is.
///
/// @param confidence by key, the asked one first with 1, then in the order in which they are
///     reached; of a leg the product of the best way to it
/// @param edges those between these legs, the surest first
/// @param full whether more legs were left out
public record LegGraph(Map<String, Double> confidence, List<LegEdge> edges, boolean full) {
  /// Legs of one call: a ladder of more cannot be read, and what has more is mostly a conference or
  /// a false join.
  public static final int MAX_LEGS = 16;

  /// What is less sure is left out: a false leg is worse than none.
  public static final double LEAST = 0.5;

  /// @param edges all that were found, some of which may be of other calls
  public static LegGraph of(String asked, List<LegEdge> edges) {
    var confidence = new LinkedHashMap<String, Double>();
    confidence.put(asked, 1.0);
    var open = new ArrayDeque<String>(List.of(asked));
    boolean full = false;
    while (!open.isEmpty()) {
      var key = open.poll();
      double sure = confidence.getOrDefault(key, 0.0);
      for (var edge : edges) {
        var other = edge.a().equals(key) ? edge.b() : edge.b().equals(key) ? edge.a() : key;
        double reached = sure * edge.confidence();
        if (other.equals(key)
            || reached < LEAST
            || confidence.getOrDefault(other, 0.0) >= reached) {
          continue;
        }
        if (confidence.containsKey(other) || confidence.size() < MAX_LEGS) {
          confidence.put(other, reached);
          open.add(other);
        } else {
          full = true;
        }
      }
    }
    return new LegGraph(Collections.unmodifiableMap(confidence), within(edges, confidence), full);
  }

  private static List<LegEdge> within(List<LegEdge> edges, Map<String, Double> legs) {
    var within = new ArrayList<LegEdge>();
    for (var edge : edges) {
      if (legs.containsKey(edge.a()) && legs.containsKey(edge.b())) {
        within.add(edge);
      }
    }
    return List.copyOf(within);
  }
}
