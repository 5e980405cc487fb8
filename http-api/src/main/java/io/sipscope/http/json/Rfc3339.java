package io.sipscope.http.json;

import io.sipscope.protocol.capture.Nanos;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;

/// Times as the API writes and reads them (RFC 3339).
public final class Rfc3339 {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Rfc3339() {}

  /// `2026-11-21T01:02:03.123456789Z`: UTC, always nine digits.
  public static String text(long nanos) {
    return UTC.format(Nanos.instant(nanos));
  }

  /// Reads any offset and any precision; answers nanoseconds since the epoch. A blank before the
  /// offset is read as the `+` that it was before somebody forgot to percent-encode it.
  public static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(Nanos.of(OffsetDateTime.parse(text.replace(' ', '+')).toInstant()));
    } catch (DateTimeException _) {
      return OptionalLong.empty();
    }
  }
}
