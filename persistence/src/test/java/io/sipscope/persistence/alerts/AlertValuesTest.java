package io.sipscope.persistence.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.SessionMeasures;
import io.sipscope.persistence.statistics.SessionMeasures.Outcome;
import io.sipscope.persistence.statistics.SessionMeasures.Side;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AlertValuesTest {
  private static final Side OFFICE = new Side("office", "in");

  private final Counters counters = new Counters();
  private final AlertValues values = new AlertValues(ClusterStatistics.alone(counters));
  private final SessionMeasures measures = new SessionMeasures();

  private static AlertRule rule(String statistic, boolean rate) {
    return new AlertRule("a", statistic, rate, true, 1, 0, Optional.empty());
  }

  private OptionalDouble at(long millis, AlertRule rule) {
    var sums = new HashMap<Side, KpiSums>();
    measures.sides().forEach((side, measured) -> sums.put(side, KpiSums.of(measured)));
    values.tick(millis, sums);
    return values.of(rule);
  }

  private void attempts(int number, Outcome outcome) {
    measures.of(OFFICE).attempts.add(number);
    measures.of(OFFICE).outcome(outcome).add(number);
  }

  @Test
  void aStatisticIsFoundByItsNameWithAndWithoutItsGroup() {
    counters.counter("events", "raised").add(7);
    assertEquals(OptionalDouble.of(7), at(0, rule("events:raised", false)));
    assertEquals(OptionalDouble.of(7), at(0, rule("raised", false)));
    assertEquals(OptionalDouble.empty(), at(0, rule("events:nothing", false)));
  }

  @Test
  void aRateIsOfTheLastSecondsAndUnknownAfterAReset() {
    var rule = rule("events:raised", true);
    var counter = counters.counter("events", "raised");
    assertEquals(OptionalDouble.empty(), at(0, rule));
    counter.add(20);
    assertEquals(OptionalDouble.of(20), at(1_000, rule));
    assertEquals(OptionalDouble.of(10), at(2_000, rule));
    at(5_000, rule);
    at(6_000, rule);
    assertEquals(OptionalDouble.of(0), at(7_000, rule));
    counter.add(-10);
    assertEquals(OptionalDouble.empty(), at(8_000, rule));
  }

  @Test
  void aKpiIsOfTheLastMinutesAndOfATrunkIfThatIsWanted() {
    attempts(100, Outcome.ESTABLISHED);
    assertEquals(OptionalDouble.empty(), at(0, rule("asr", false)));
    attempts(1, Outcome.ESTABLISHED);
    attempts(2, Outcome.FAILED);
    attempts(1, Outcome.USER);
    attempts(5, Outcome.CHALLENGED);
    assertEquals(OptionalDouble.of(25), at(1_000, rule("asr", false)));
    at(2_000, rule("ner/office/in", false));
    attempts(1, Outcome.USER);
    assertEquals(OptionalDouble.of(100), at(3_000, rule("ner/office/in", false)));
    assertEquals(OptionalDouble.empty(), at(3_000, rule("asr/elsewhere", false)));
  }

  @Test
  void whatNodesTellEachOtherIsReadBack() throws Exception {
    attempts(3, Outcome.INEFFECTIVE);
    measures.of(OFFICE).requestDelay.count(1_500_000_000L, 1);
    var wire = new AlertWire();
    var told = new Alerts.Measured("a", Map.of(OFFICE, KpiSums.of(measures.of(OFFICE))));
    assertEquals(told, wire.fromBinary(wire.toBinary(told), wire.manifest(told)));
    var state =
        new AlertState("r", AlertState.Phase.RAISED, OptionalDouble.of(0.1), 1_700_000_000_123L);
    assertEquals(state, wire.fromBinary(wire.toBinary(state), wire.manifest(state)));
  }
}
