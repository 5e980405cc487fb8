package io.sipscope.persistence.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What several nodes' statistics come to.
class PartsTest {
  private static final StatisticName RECEIVED = new StatisticName("ingest", "received");
  private static final StatisticName IN_FLIGHT = new StatisticName("ingest", "in_flight");
  private static final StatisticName LAG = new StatisticName("ingest", "lag_ms");
  private static final StatisticName MEAN = new StatisticName("avg", "size");

  private final Map<String, Part> byNode = new HashMap<>();

  @Test
  void countsAddUpAndTheWorstLagTells() {
    byNode.put("a", part(Map.of(RECEIVED, 5L, LAG, 70L)));
    byNode.put("b", part(Map.of(RECEIVED, 7L, LAG, 20L)));
    assertEquals(Optional.of(12L), parts("a", "b").value(RECEIVED));
    assertEquals(Optional.of(70L), parts("a", "b").value(LAG));
    assertEquals(Optional.empty(), parts("a", "b").value(IN_FLIGHT));
  }

  @Test
  void averagesAreOfAllThatWasAveraged() {
    byNode.put("a", part(MEAN, new Fraction(10, 1)));
    byNode.put("b", part(MEAN, new Fraction(60, 9)));
    assertEquals(Optional.of(7L), parts("a", "b").value(MEAN));
    assertEquals(6, parts("a", "b").values("b").orElseThrow().of(MEAN).orElseThrow().value());
  }

  @Test
  void aNodeThatLeavesLeavesItsCountsButNotWhatItHad() {
    byNode.put("a", part(Map.of(RECEIVED, 5L, IN_FLIGHT, 1L)));
    byNode.put("b", part(Map.of(RECEIVED, 7L, IN_FLIGHT, 2L)));
    assertEquals(Optional.of(12L), parts("a").value(RECEIVED));
    assertEquals(Optional.of(1L), parts("a").value(IN_FLIGHT));
    assertEquals(Set.of("b"), parts("a").gone());
  }

  @Test
  void aPartThatHasNotHeardOfAResetCountsForNothing() {
    byNode.put("a", part(Map.of(RECEIVED, 5L), new Baseline(1_000, 4)));
    byNode.put("b", part(Map.of(RECEIVED, 7L), new Baseline(900, 2)));
    assertEquals(Optional.of(1L), parts("a", "b").value(RECEIVED));
    byNode.put("b", part(Map.of(RECEIVED, 9L), new Baseline(1_000, 7)));
    assertEquals(Optional.of(3L), parts("a", "b").value(RECEIVED));
    assertEquals(Optional.of(3L), parts("a").value(RECEIVED));
  }

  @Test
  void takingTogetherThoseThatLeftChangesNoSum() {
    byNode.put("a", part(Map.of(RECEIVED, 5L), new Baseline(1_000, 4)));
    byNode.put("b", part(Map.of(RECEIVED, 7L, IN_FLIGHT, 2L), new Baseline(1_000, 5)));
    byNode.put("c", part(Map.of(RECEIVED, 20L)));
    assertEquals(Optional.of(3L), parts("a").value(RECEIVED));
    byNode.put(Parts.LEFT, parts("a").left(Set.of("b", "c")));
    assertEquals(Optional.of(3L), parts("a").value(RECEIVED));
    byNode.remove("b");
    byNode.remove("c");
    assertEquals(Optional.of(3L), parts("a").value(RECEIVED));
    assertEquals(Optional.empty(), parts("a").value(IN_FLIGHT));
    assertEquals(Set.of("b", "c"), byNode.get(Parts.LEFT).together());
  }

  @Test
  void aResetAfterwardsReachesThoseThatLeft() {
    byNode.put("a", part(Map.of(RECEIVED, 5L)));
    byNode.put("b", part(Map.of(RECEIVED, 7L)));
    byNode.put(Parts.LEFT, parts("a").left(Set.of("b")));
    byNode.put("a", part(Map.of(RECEIVED, 6L), new Baseline(1_000, 5)));
    assertEquals(Optional.of(1L), parts("a").value(RECEIVED));
  }

  @Test
  void whoLeftIsTakenInAfterAMinuteAndDroppedAMinuteLater() {
    byNode.put("a", part(Map.of(RECEIVED, 5L)));
    byNode.put("b", part(Map.of(RECEIVED, 7L)));
    var departures = new Departures();
    assertTrue(departures.look(parts("a", "b"), 0).isNothing());
    assertTrue(departures.look(parts("a"), 1_000).isNothing());
    long settled = 1_000 + Departures.SETTLED_MILLIS;
    assertEquals(Set.of("b"), departures.look(parts("a"), settled).take());
    byNode.put(Parts.LEFT, parts("a").left(Set.of("b")));
    assertTrue(departures.look(parts("a"), settled + 1_000).isNothing());
    assertEquals(
        new Departures.Due(Set.of(), Set.of("b")),
        departures.look(parts("a"), settled + 1_000 + Departures.SETTLED_MILLIS));
    assertEquals(Optional.of(12L), parts("a").value(RECEIVED));
  }

  @Test
  void aPartIsTheSameAfterItsJourney() throws Exception {
    var part =
        new Part(
            Map.of(RECEIVED, 5L, IN_FLIGHT, -1L),
            Map.of(MEAN, new Fraction(60, 9)),
            Map.of(RECEIVED, new Baseline(1_000, 4)),
            Set.of("b"));
    assertEquals(part, PartWire.decode(PartWire.encode(part)));
  }

  private Parts parts(String... members) {
    return new Parts("a", Set.of(members), byNode, new Counters());
  }

  private static Part part(Map<StatisticName, Long> values) {
    return new Part(values, Map.of(), Map.of(), Set.of());
  }

  private static Part part(Map<StatisticName, Long> values, Baseline received) {
    return new Part(values, Map.of(), Map.of(RECEIVED, received), Set.of());
  }

  private static Part part(StatisticName name, Fraction fraction) {
    return new Part(Map.of(), Map.of(name, fraction), Map.of(), Set.of());
  }
}
