package io.sipscope.persistence.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/// How long and how much is kept; what is older or more goes, oldest first.
///
/// @param age at least so long, if there is room
/// @param bytes on the disk, at most; [Long#MAX_VALUE] = unlimited
public record Retention(Duration age, long bytes) {
  private static final String DAYS = "sipscope.retention.days";
  private static final String BYTES = "sipscope.retention.bytes";

  /// What goes at once is a tenth of what is kept: finer steps cost more look-ups, since a Call-ID
  /// is looked for in each.
  private static final int STEPS = 10;

  private static final Duration SHORTEST_STEP = Duration.ofHours(1);

  /// Reads `sipscope.retention` of the whole configuration.
  public static Retention from(Config config) {
    int days = config.getInt(DAYS);
    if (days < 1) {
      throw new ConfigException.BadValue(
          config.getValue(DAYS).origin(), DAYS, days + " (wanted: 1 or more)");
    }
    return new Retention(Duration.ofDays(days), bytes(config));
  }

  private static long bytes(Config config) {
    if (config.getString(BYTES).equals("unlimited")) {
      return Long.MAX_VALUE;
    }
    long bytes = config.getBytes(BYTES);
    if (bytes < 1) {
      throw new ConfigException.BadValue(
          config.getValue(BYTES).origin(), BYTES, bytes + " (wanted: a size, or unlimited)");
    }
    return bytes;
  }

  /// How long one segment is written to.
  Duration step() {
    var step = age.dividedBy(STEPS);
    return step.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : step;
  }

  /// How large one segment grows.
  long stepBytes() {
    return bytes == Long.MAX_VALUE ? bytes : Math.max(1, bytes / STEPS);
  }
}
