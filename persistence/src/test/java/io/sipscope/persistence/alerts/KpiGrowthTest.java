package io.sipscope.persistence.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.statistics.SessionMeasures;
import io.sipscope.persistence.statistics.SessionMeasures.Outcome;
import io.sipscope.persistence.statistics.SessionMeasures.Side;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KpiGrowthTest {
  private static final Side OFFICE = new Side("office", "in");

  private final KpiGrowth growth = new KpiGrowth();

  private void heard(String node, int attempts) {
    var measures = new SessionMeasures();
    measures.of(OFFICE).attempts.add(attempts);
    measures.of(OFFICE).outcome(Outcome.FAILED).add(attempts);
    growth.heard(node, Map.of(OFFICE, KpiSums.of(measures.of(OFFICE))));
  }

  private long attempts() {
    return growth.sums().getOrDefault(OFFICE, KpiSums.NONE).attempts();
  }

  @Test
  void theGrowthOfAllNodesCountsAndNotWhatWasBeforeTheyWereHeardOf() {
    heard("a#1", 100);
    heard("b#1", 1_000);
    assertEquals(0, attempts());
    heard("a#1", 103);
    heard("b#1", 1_004);
    assertEquals(7, attempts());
    heard("b#1", 1_003); // one was taken back
    assertEquals(6, attempts());
  }

  @Test
  void aNodeThatIsHeardOfAgainBringsNothingAlong() {
    heard("a#1", 100);
    heard("b#1", 1_000);
    growth.keepOnly(Set.of("a#1"));
    heard("a#1", 101);
    heard("b#1", 9_000);
    heard("b#2", 5);
    assertEquals(1, attempts());
    heard("b#1", 9_001);
    heard("b#2", 6);
    assertEquals(3, attempts());
  }
}
