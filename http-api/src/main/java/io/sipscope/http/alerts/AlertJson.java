package io.sipscope.http.alerts;

import io.sipscope.http.json.Rfc3339;
import io.sipscope.persistence.alerts.Alert;
import java.util.Locale;

/// An alert as the API shows it.
///
/// @param value null when there is none
/// @param since when the state began
record AlertJson(
    String name,
    String statistic,
    boolean rate,
    String comparison,
    double bound,
    int forSeconds,
    String webhook,
    String state,
    Double value,
    String since) {
  private static final long NANOS_IN_MILLI = 1_000_000;

  static AlertJson of(Alert alert) {
    var rule = alert.rule();
    var state = alert.state();
    return new AlertJson(
        rule.name(),
        rule.statistic(),
        rule.rate(),
        rule.comparison(),
        rule.bound(),
        rule.forSeconds(),
        rule.webhook().orElse(null),
        state.phase().name().toLowerCase(Locale.ROOT),
        state.value().isPresent() ? state.value().getAsDouble() : null,
        Rfc3339.text(state.since() * NANOS_IN_MILLI));
  }
}
