package io.sipscope.protocol.relay;

import io.sipscope.protocol.capture.Nanos;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.OptionalLong;

/// The ways a time is written by those who pass messages on:
///
/// | written | is |
/// | --- | --- |
/// | `1795217439`, `1795217439.657367000` | seconds since the epoch |
/// | 12 to 14, 15 to 17, 18 and 19 digits | milliseconds, microseconds, nanoseconds since then |
/// | `2026-11-21T17:00:00.5Z`, `2026-11-21 17:00:00+01:00` | RFC 3339; without an offset UTC |
/// | `Nov 21, 2026 17:00:00.123456789 UTC` | tshark's `frame.time`, where its zone is UTC |
///
/// A time of day without its date, a zone that is only a name, and what lies outside 1970 to 2262
/// is none of these: the time is then not known.
final class WireTime {
  /// Longer texts are no time, and are not looked at.
  private static final int LONGEST = 64;

  /// A number below this counts seconds: until the year 5138.
  private static final BigDecimal SECONDS = BigDecimal.valueOf(100_000_000_000L);

  private static final BigDecimal MILLIS = SECONDS.movePointRight(3);
  private static final BigDecimal MICROS = MILLIS.movePointRight(3);

  private static final DateTimeFormatter TSHARK =
      new DateTimeFormatterBuilder()
          .appendPattern("MMM d, yyyy HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ENGLISH);

  private WireTime() {}

  /// Nanoseconds since the epoch.
  static OptionalLong read(String text) {
    var trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) {
      return OptionalLong.empty();
    }
    return isNumber(trimmed) ? ofNumber(new BigDecimal(trimmed)) : ofDate(trimmed);
  }

  /// Seconds and microseconds apart, as HEP has them.
  static OptionalLong read(String seconds, String micros) {
    var base = read(seconds);
    var part = micros.strip();
    return base.isEmpty() || !isNumber(part) || part.length() > 6 || part.indexOf('.') >= 0
        ? base
        : OptionalLong.of(base.getAsLong() + Long.parseLong(part) * 1_000);
  }

  /// Digits, perhaps with a fraction.
  private static boolean isNumber(String text) {
    int point = text.indexOf('.');
    var digits = point < 0 ? text : text.substring(0, point) + text.substring(point + 1);
    return !digits.isEmpty()
        && point != 0
        && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        && digits.length() <= LONGEST;
  }

  private static OptionalLong ofNumber(BigDecimal number) {
    int places =
        number.compareTo(SECONDS) < 0
            ? 9
            : number.compareTo(MILLIS) < 0 ? 6 : number.compareTo(MICROS) < 0 ? 3 : 0;
    var nanos = number.movePointRight(places).toBigInteger();
    return nanos.signum() > 0 && nanos.bitLength() < Long.SIZE
        ? OptionalLong.of(nanos.longValue())
        : OptionalLong.empty();
  }

  private static OptionalLong ofDate(String text) {
    try {
      var instant =
          text.charAt(0) <= '9'
              ? iso(text)
              : LocalDateTime.parse(inUtc(text), TSHARK).atOffset(ZoneOffset.UTC);
      int year = instant.getYear();
      return year < 1970 || year >= 2262
          ? OptionalLong.empty()
          : OptionalLong.of(Nanos.of(instant.toInstant()));
    } catch (DateTimeException _) {
      return OptionalLong.empty();
    }
  }

  private static OffsetDateTime iso(String text) {
    var spaced = text.length() > 10 && text.charAt(10) == ' ';
    var dated = spaced ? text.substring(0, 10) + 'T' + text.substring(11) : text;
    var bare = dated.endsWith(" UTC") ? dated.substring(0, dated.length() - 4) + 'Z' : dated;
    boolean hasOffset = bare.endsWith("Z") || bare.endsWith("z") || bare.lastIndexOf('+') > 10;
    return hasOffset || bare.lastIndexOf('-') > 10
        ? OffsetDateTime.parse(withColon(bare))
        : LocalDateTime.parse(bare).atOffset(ZoneOffset.UTC);
  }

  /// `+0100` as `+01:00`.
  private static String withColon(String text) {
    int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
    return sign > 10 && text.length() - sign == 5
        ? text.substring(0, sign + 3) + ':' + text.substring(sign + 3)
        : text;
  }

  /// Without the name of the zone, where that is UTC; tshark pads days with a blank.
  private static String inUtc(String text) {
    var single = text.replace("  ", " ");
    for (var zone : new String[] {" UTC", " GMT", " Coordinated Universal Time"}) {
      if (single.endsWith(zone)) {
        return single.substring(0, single.length() - zone.length());
      }
    }
    throw new DateTimeException("no zone that says what it is");
  }
}
