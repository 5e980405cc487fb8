package io.sipscope.http.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A time as a number since 1970, as call logs write it: seconds, perhaps with a fraction, or whole
/// milli-, micro- or nanoseconds. How many digits there are tells which, from 2001 to 2261.
final class EpochTime {
  private static final Pattern NUMBER =
      Pattern.compile("(\\d{10})(\\.\\d{1,9})?|(\\d{13}|\\d{16}|\\d{19})");
  private static final int NANOS = 19;

  private EpochTime() {}

  static boolean matches(String text) {
    return NUMBER.matcher(text).matches();
  }

  /// Nanoseconds; empty when they are out of range.
  static OptionalLong parse(String text) {
    int dot = text.indexOf('.');
    int digits = dot < 0 ? text.length() : dot;
    var nanos = new BigDecimal(text).scaleByPowerOfTen(NANOS - digits);
    try {
      return OptionalLong.of(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
    } catch (ArithmeticException outOfRange) {
      return OptionalLong.empty();
    }
  }
}
