package io.sipscope.persistence.alerts;

import io.sipscope.persistence.statistics.Histogram;
import io.sipscope.persistence.statistics.SessionMeasures.Measured;
import io.sipscope.persistence.statistics.SessionMeasures.Outcome;
import java.util.OptionalDouble;

/// What the KPIs of one side are made of: of one node or of several, since the start or of a
/// while. Crosses nodes.
record KpiSums(
    long attempts,
    long established,
    long user,
    long ineffective,
    long redirected,
    long completed,
    long registrations,
    long registrationsFailed,
    Delay sessionDelay,
    Delay registrationDelay,
    Delay disconnectDelay,
    Delay duration) {
  static final KpiSums NONE =
      new KpiSums(0, 0, 0, 0, 0, 0, 0, 0, Delay.NONE, Delay.NONE, Delay.NONE, Delay.NONE);

  /// @param micros in all
  record Delay(long micros, long count) {
    static final Delay NONE = new Delay(0, 0);

    static Delay of(Histogram histogram) {
      var read = histogram.read();
      return new Delay(Math.round(read.seconds() * 1e6), read.count());
    }

    OptionalDouble average() {
      return count <= 0 ? OptionalDouble.empty() : OptionalDouble.of(micros / 1e6 / count);
    }

    Delay plus(Delay other, int sign) {
      return new Delay(micros + sign * other.micros, count + sign * other.count);
    }
  }

  static KpiSums of(Measured measured) {
    return new KpiSums(
        measured.attempts.sum() - sum(measured, Outcome.CHALLENGED),
        sum(measured, Outcome.ESTABLISHED),
        sum(measured, Outcome.USER),
        sum(measured, Outcome.INEFFECTIVE),
        sum(measured, Outcome.REDIRECTED),
        measured.completed.sum(),
        measured.registrations.sum(),
        measured.ineffectiveRegistrations.sum(),
        Delay.of(measured.requestDelay),
        Delay.of(measured.registrationDelay),
        Delay.of(measured.disconnectDelay),
        Delay.of(measured.duration));
  }

  private static long sum(Measured measured, Outcome outcome) {
    return measured.outcome(outcome).sum();
  }

  KpiSums plus(KpiSums other) {
    return plus(other, 1);
  }

  KpiSums minus(KpiSums other) {
    return plus(other, -1);
  }

  private KpiSums plus(KpiSums other, int sign) {
    return new KpiSums(
        attempts + sign * other.attempts,
        established + sign * other.established,
        user + sign * other.user,
        ineffective + sign * other.ineffective,
        redirected + sign * other.redirected,
        completed + sign * other.completed,
        registrations + sign * other.registrations,
        registrationsFailed + sign * other.registrationsFailed,
        sessionDelay.plus(other.sessionDelay, sign),
        registrationDelay.plus(other.registrationDelay, sign),
        disconnectDelay.plus(other.disconnectDelay, sign),
        duration.plus(other.duration, sign));
  }
}
