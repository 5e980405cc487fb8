package io.sipscope.persistence.alerts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What RFC 6076 measures, of the last minutes: shares in percent, delays as averages in seconds.
/// `asr` is the answer-seizure ratio, `ner` the network effectiveness ratio of ITU-T E.425, which
/// are what RFC 6076 calls `ser` and `seer`.
///
/// A KPI is written `asr`, of one trunk `asr/TRUNK`, of calls into or out of it `asr/TRUNK/in`.
public enum Kpi {
  ASR,
  SER,
  NER,
  SEER,
  ISA,
  SCR,
  IRA,
  SRD,
  RRD,
  SDD,
  SDT;

  /// Which KPI of which side.
  ///
  /// @param trunk empty: of all
  /// @param direction `in`, `out`; empty: both
  public record Of(Kpi kpi, String trunk, String direction) {}

  public static Optional<Of> parse(String text) {
    var parts = text.split("/", 3);
    return Arrays.stream(values())
        .filter(kpi -> kpi.name().equalsIgnoreCase(parts[0]))
        .map(kpi -> new Of(kpi, part(parts, 1), part(parts, 2)))
        .findFirst();
  }

  private static String part(String[] parts, int index) {
    return parts.length > index ? parts[index] : "";
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Empty while nothing of the kind happened.
  OptionalDouble of(KpiSums sums) {
    return switch (this) {
      case ASR, SER -> percent(sums.established(), sums.attempts() - sums.redirected());
      case NER, SEER ->
          percent(sums.established() + sums.user(), sums.attempts() - sums.redirected());
      case ISA -> percent(sums.ineffective(), sums.attempts());
      case SCR -> percent(sums.completed(), sums.attempts());
      case IRA -> percent(sums.registrationsFailed(), sums.registrations());
      case SRD -> sums.sessionDelay().average();
      case RRD -> sums.registrationDelay().average();
      case SDD -> sums.disconnectDelay().average();
      case SDT -> sums.duration().average();
    };
  }

  private static OptionalDouble percent(long part, long whole) {
    return whole <= 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * part / whole);
  }
}
