package io.sipscope.protocol.capture;

import java.time.Instant;

/// Times as nanoseconds since the epoch: what captures hold and the journal stores. They reach
/// from 1677 to 2262; what lies outside is clamped.
public final class Nanos {
  private static final long PER_SECOND = 1_000_000_000L;
  private static final long MAX_SECONDS = Long.MAX_VALUE / PER_SECOND - 1;

  private Nanos() {}

  public static long of(long seconds, long nanos) {
    return Math.clamp(seconds, -MAX_SECONDS, MAX_SECONDS) * PER_SECOND
        + Math.clamp(nanos, 0, PER_SECOND - 1);
  }

  public static long of(Instant instant) {
    return of(instant.getEpochSecond(), instant.getNano());
  }

  public static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
  }
}
