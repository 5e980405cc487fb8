package io.sipscope.node.trace;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// Times as traces are written with: whole seconds, by the clock on this machine's wall. Many of
/// the same second follow each other, so the last one is kept. Of one thread.
final class LocalTime {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final ZoneId zone;
  private long second = Long.MIN_VALUE;
  private LocalDateTime time = LocalDateTime.MIN;

  LocalTime(ZoneId zone) {
    this.zone = zone;
  }

  /// @param nanos since the epoch
  LocalDateTime of(long nanos) {
    long wanted = Math.floorDiv(nanos, NANOS_PER_SECOND);
    if (wanted != second) {
      time = LocalDateTime.ofInstant(Instant.ofEpochSecond(wanted), zone);
      second = wanted;
    }
    return time;
  }
}
