package io.sipscope.persistence.alerts;

import java.util.OptionalDouble;

/// How a rule is doing. Crosses nodes.
///
/// @param rule what it is the state of, as [AlertRule#text]: of another rule it says nothing
/// @param value the last one; empty when there is none
/// @param since when the phase began, milliseconds since the epoch
public record AlertState(String rule, Phase phase, OptionalDouble value, long since) {
  public enum Phase {
    OK,
    /// Crossed, but not for long enough.
    PENDING,
    RAISED,
    /// There is no such statistic, or nothing was measured lately.
    UNKNOWN
  }

  boolean isOfKpi() {
    return AlertRule.parse("", rule).filter(AlertRule::isOfKpi).isPresent();
  }

  static AlertState unknown(AlertRule rule, long now) {
    return new AlertState(rule.text(), Phase.UNKNOWN, OptionalDouble.empty(), now);
  }
}
