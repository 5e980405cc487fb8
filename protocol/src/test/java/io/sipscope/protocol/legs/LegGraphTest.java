package io.sipscope.protocol.legs;

import static io.sipscope.protocol.legs.Told.leg;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.legs.LegEdge.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LegGraphTest {
  private static LegEdge edge(String a, String b, double confidence) {
    return new LegEdge(a, b, Kind.HEADER, "because", confidence, List.of());
  }

  @Test
  void aDialogWithoutEdgesIsItsOnlyLeg() {
    var graph = LegGraph.of("a", List.of());
    assertEquals(Set.of("a"), graph.confidence().keySet());
    assertFalse(graph.full());
  }

  @Test
  void legsOfLegsAreReached() {
    var graph = LegGraph.of("a", List.of(edge("b", "c", 0.9), edge("a", "b", 0.8)));
    assertEquals(List.of("a", "b", "c"), List.copyOf(graph.confidence().keySet()));
    assertEquals(0.72, graph.confidence().get("c"), 1e-9);
    assertEquals(2, graph.edges().size());
  }

  @Test
  void theBestWayToALegCounts() {
    var graph =
        LegGraph.of("a", List.of(edge("a", "b", 0.99), edge("b", "c", 0.99), edge("a", "c", 0.6)));
    assertEquals(0.9801, graph.confidence().get("c"), 1e-9);
  }

  @Test
  void edgesInACircleEnd() {
    var graph = LegGraph.of("b", List.of(edge("a", "b", 1), edge("b", "c", 1), edge("c", "a", 1)));
    assertEquals(Set.of("a", "b", "c"), graph.confidence().keySet());
  }

  @Test
  void whatIsReachedByDoubtOnlyIsLeftOutWithItsEdges() {
    var graph = LegGraph.of("a", List.of(edge("a", "b", 0.7), edge("b", "c", 0.7)));
    assertEquals(Set.of("a", "b"), graph.confidence().keySet());
    assertEquals(1, graph.edges().size());
  }

  @Test
  void otherCallsAreLeftOut() {
    var graph = LegGraph.of("a", List.of(edge("a", "b", 0.9), edge("c", "d", 0.9)));
    assertEquals(Set.of("a", "b"), graph.confidence().keySet());
  }

  @Test
  void moreLegsThanAreShownAreSaid() {
    var edges = new ArrayList<LegEdge>();
    for (int i = 1; i < LegGraph.MAX_LEGS; i++) {
      edges.add(edge("a", "b" + i, 1));
    }
    assertFalse(LegGraph.of("a", edges).full());
    edges.add(edge("a", "one too many", 1));
    var graph = LegGraph.of("a", edges);
    assertTrue(graph.full());
    assertEquals(LegGraph.MAX_LEGS, graph.confidence().size());
  }

  @Test
  void aCallThroughTwoB2buasHasThreeLegs() {
    var legs =
        Stream.of(
                leg("one", "203.0.113.7", "203.0.113.5").parties("a@x", "b@x").whole(0, 9000),
                leg("two", "198.51.100.5", "198.51.100.9")
                    .parties("c@x", "d@x")
                    .whole(20, 9000, "X-Call-ID: one"),
                leg("three", "192.0.2.5", "192.0.2.9")
                    .parties("e@x", "f@x")
                    .whole(40, 9000, "X-CID: two"))
            .map(Told::facts)
            .toList();
    var edges = LegEdges.among(legs, LegRules.DEFAULT);
    for (var asked : List.of("one", "two", "three")) {
      var graph = LegGraph.of(asked, edges);
      assertEquals(Set.of("one", "two", "three"), graph.confidence().keySet());
      assertEquals(asked, graph.confidence().keySet().iterator().next());
    }
  }
}
