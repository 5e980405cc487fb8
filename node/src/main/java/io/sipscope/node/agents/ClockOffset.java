package io.sipscope.node.agents;

import java.util.OptionalLong;

/// How far a clock is behind ours, by what it says of packets that have just come: the least
/// difference of this minute and the one before, for what is on top of the least is the way here.
final class ClockOffset {
  private static final long MINUTE = 60_000_000_000L;
  private static final long NONE = Long.MAX_VALUE;

  private long minute = Long.MIN_VALUE;
  private long least = NONE;
  private long leastBefore = NONE;

  /// @param at nanoseconds since the epoch, by our clock
  /// @param time nanoseconds since the epoch, by theirs
  void heard(long at, long time) {
    long now = Math.floorDiv(at, MINUTE);
    if (now != minute) {
      leastBefore = now == minute + 1 ? least : NONE;
      least = NONE;
      minute = now;
    }
    least = Math.min(least, at - time);
  }

  /// Empty while nothing was heard.
  OptionalLong nanos() {
    long nanos = Math.min(least, leastBefore);
    return nanos == NONE ? OptionalLong.empty() : OptionalLong.of(nanos);
  }
}
