package io.sipscope.protocol.legs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.legs.LegEdge.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What joins some legs.
final class Joined {
  private Joined() {}

  static List<LegEdge> edges(Told... legs) {
    var rules = LegRules.DEFAULT;
    var facts = Stream.of(legs).map(Told::facts).toList();
    var edges = LegEdges.among(facts, rules);
    var reversed = new ArrayList<>(facts);
    Collections.reverse(reversed);
    assertEquals(edges, LegEdges.among(reversed, rules), "in the other order");
    return edges;
  }

  /// The one edge between two legs, which the index also finds the one by from the other.
  static LegEdge one(Told a, Told b) {
    var edges = edges(a, b);
    assertEquals(1, edges.size(), edges.toString());
    var edge = edges.getFirst();
    if (edge.kind() != Kind.PROXIMITY) {
      assertTrue(isFound(a, b), "a is not found from b");
      assertTrue(isFound(b, a), "b is not found from a");
    }
    for (var at : edge.messages()) {
      assertTrue(edge.evidence().contains("#" + at.seq()), edge.evidence());
    }
    return edge;
  }

  static void none(Told... legs) {
    assertEquals(List.of(), edges(legs));
  }

  /// `a-b` for each two that are joined, in the order of their keys.
  static List<String> pairs(Told... legs) {
    return edges(legs).stream().map(edge -> edge.a() + "-" + edge.b()).distinct().sorted().toList();
  }

  private static boolean isFound(Told wanted, Told from) {
    var asking = from.facts();
    var has = Set.copyOf(wanted.conversation().links());
    return asking.named().contains(wanted.facts().callId())
        || !Collections.disjoint(asking.names(LegRules.DEFAULT), has)
        || !Collections.disjoint(asking.media(), has);
  }
}
