package io.sipscope.ops.replay;

import java.util.regex.Pattern;

/// How fast time passes in a replay: 1 as it was, 2 twice as fast, [#MAX] without pauses.
public record Speed(double factor) {
  public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?|\\.\\d{1,9}");

  /// No replay is waited for longer; so much can be added to a clock without overflow.
  private static final double LONGEST = Long.MAX_VALUE / 4.0;

  /// @throws IllegalArgumentException with the sentence to tell
  public static Speed parse(String text) {
    if (text.equals("max")) {
      return MAX;
    }
    double factor = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : 0;
    if (factor == 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" (wanted: a number above 0 such as 2 or 0.5, or max)");
    }
    return new Speed(factor);
  }

  /// How long after its start a replay comes to what was captured so long after the first message;
  /// nanoseconds both.
  public long scaled(long nanos) {
    return (long) Math.min(nanos / factor, LONGEST);
  }
}
