package io.sipscope.persistence.alerts;

import io.sipscope.persistence.alerts.AlertState.Phase;
import java.util.Optional;
import java.util.OptionalDouble;

/// Follows one rule from second to second. Told is the first moment at which its bound was crossed
/// for long enough, and the first at which it was not for as long. Mutable.
final class AlertTrack {
  /// What is to be told.
  enum Turn {
    RAISED,
    CLEARED
  }

  private static final long MILLIS = 1_000;
  private static final long NOT = -1;

  private final AlertRule rule;
  private AlertState state;

  /// Since when a raised one is within its bound again.
  private long backSince = NOT;

  /// @param state where another node left off
  AlertTrack(AlertRule rule, AlertState state) {
    this.rule = rule;
    this.state = state;
  }

  AlertRule rule() {
    return rule;
  }

  AlertState state() {
    return state;
  }

  Optional<Turn> step(long now, OptionalDouble value) {
    return switch (state.phase()) {
      case RAISED -> raised(now, value);
      case OK, PENDING, UNKNOWN -> quiet(now, value);
    };
  }

  private Optional<Turn> quiet(long now, OptionalDouble value) {
    if (value.isEmpty()) {
      become(Phase.UNKNOWN, now, value);
    } else if (!rule.isCrossedBy(value.getAsDouble())) {
      become(Phase.OK, now, value);
    } else {
      become(Phase.PENDING, now, value);
      if (now - state.since() >= rule.forSeconds() * MILLIS) {
        become(Phase.RAISED, now, value);
        backSince = NOT;
        return Optional.of(Turn.RAISED);
      }
    }
    return Optional.empty();
  }

  /// What cannot be measured any more stays raised: nobody knows that it is well again.
  private Optional<Turn> raised(long now, OptionalDouble value) {
    if (value.isEmpty() || rule.isCrossedBy(value.getAsDouble())) {
      backSince = NOT;
    } else {
      backSince = backSince == NOT ? now : backSince;
      if (now - backSince >= rule.forSeconds() * MILLIS) {
        become(Phase.OK, now, value);
        return Optional.of(Turn.CLEARED);
      }
    }
    become(Phase.RAISED, now, value);
    return Optional.empty();
  }

  private void become(Phase phase, long now, OptionalDouble value) {
    long since = phase == state.phase() ? state.since() : now;
    state = new AlertState(state.rule(), phase, value, since);
  }
}
