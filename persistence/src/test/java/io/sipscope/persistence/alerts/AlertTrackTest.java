package io.sipscope.persistence.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.alerts.AlertState.Phase;
import io.sipscope.persistence.alerts.AlertTrack.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AlertTrackTest {
  private static final double NONE = Double.NaN;

  private static AlertRule rule(boolean above, double bound, int seconds) {
    return new AlertRule("a", "core:x", false, above, bound, seconds, Optional.empty());
  }

  private static AlertTrack track(AlertRule rule) {
    return new AlertTrack(rule, AlertState.unknown(rule, 0));
  }

  /// A value a second; what was told, and when.
  private static List<String> told(AlertTrack track, double... values) {
    var told = new ArrayList<String>();
    for (int second = 0; second < values.length; second++) {
      int at = second;
      var value =
          Double.isNaN(values[second]) ? OptionalDouble.empty() : OptionalDouble.of(values[second]);
      track.step(second * 1_000L, value).ifPresent(turn -> told.add(turn + " at " + at));
    }
    return told;
  }

  @Test
  void whatIsCrossedForItsTimeIsToldOnceAndOnceWhenItIsBack() {
    var track = track(rule(true, 10, 2));
    assertEquals(
        List.of("RAISED at 3", "CLEARED at 8"), told(track, 1, 11, 12, 13, 14, 15, 1, 1, 1, 1, 1));
  }

  @Test
  void aPeakIsNotTold() {
    assertEquals(List.of(), told(track(rule(true, 10, 2)), 1, 11, 11, 1, 11, 11, 10));
  }

  @Test
  void aDipDoesNotClear() {
    assertEquals(
        List.of("RAISED at 2"), told(track(rule(true, 10, 2)), 11, 11, 11, 1, 1, 11, 1, 1, 11));
  }

  @Test
  void withoutATimeItIsToldAtOnce() {
    assertEquals(
        List.of("RAISED at 1", "CLEARED at 2", "RAISED at 3"),
        told(track(rule(false, 10, 0)), 10, 9, 10, 9, 9));
  }

  @Test
  void whatCannotBeMeasuredIsUnknownAndWhatWasRaisedStays() {
    var quiet = track(rule(true, 10, 0));
    told(quiet, 1, NONE);
    assertEquals(Phase.UNKNOWN, quiet.state().phase());
    var raised = track(rule(true, 10, 0));
    assertEquals(List.of("RAISED at 0"), told(raised, 11, NONE, NONE, 11));
    assertEquals(Phase.RAISED, raised.state().phase());
  }

  @Test
  void theNextNodeGoesOnWhereTheOneBeforeLeftOff() {
    var rule = rule(true, 10, 2);
    var first = track(rule);
    assertEquals(List.of("RAISED at 2"), told(first, 11, 11, 11));
    var next = new AlertTrack(rule, first.state());
    assertEquals(Optional.empty(), next.step(3_000, OptionalDouble.of(11)));
    next.step(4_000, OptionalDouble.of(1));
    assertEquals(Optional.of(Turn.CLEARED), next.step(6_000, OptionalDouble.of(1)));
  }

  @Test
  void aRuleIsReadBackAsItWasKept() {
    var rule = new AlertRule("a", "asr/a:b", true, false, 0.1, 5, Optional.of("http://a/"));
    assertEquals(Optional.of(rule), AlertRule.parse("a", rule.text()));
    assertEquals(Optional.empty(), AlertRule.parse("a", "x"));
    assertEquals(Optional.empty(), AlertRule.parse("a", rule.text().replace("0.1", "much")));
  }

  @Test
  void numbersAreToldAsTheyAreWritten() {
    assertEquals("100", Alerts.text(100));
    assertEquals("0.333", Alerts.text(1.0 / 3));
    assertEquals("12000000", Alerts.text(1.2e7));
  }
}
