package io.sipscope.http.json;

import java.math.BigDecimal;
import java.util.OptionalLong;

/// Durations as the API writes them: milliseconds, with as many decimals as they have.
public final class Millis {
  private static final int NANOS_SCALE = 6;

  private Millis() {}

  public static BigDecimal of(long nanos) {
    var millis = BigDecimal.valueOf(nanos, NANOS_SCALE).stripTrailingZeros();
    return millis.scale() < 0 ? millis.setScale(0) : millis;
  }

  /// `null`, as JSON has it, for what is absent.
  public static BigDecimal orNull(OptionalLong nanos) {
    return nanos.isPresent() ? of(nanos.getAsLong()) : null;
  }
}
