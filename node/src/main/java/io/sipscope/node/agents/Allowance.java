package io.sipscope.node.agents;

/// So many packets a second, of which a second's worth may come at once.
final class Allowance {
  private static final double SECOND = 1_000_000_000.0;

  /// Nobody is held back.
  static final int UNLIMITED = 0;

  private final int perSecond;
  private double left;
  private long at = Long.MIN_VALUE;

  Allowance(int perSecond) {
    this.perSecond = perSecond;
    this.left = perSecond;
  }

  /// @param now nanoseconds since the epoch; a clock that was put back gives nothing
  synchronized boolean take(long now) {
    if (perSecond == UNLIMITED) {
      return true;
    }
    if (now > at) {
      if (at != Long.MIN_VALUE) {
        left = Math.min(perSecond, left + perSecond * ((now - at) / SECOND));
      }
      at = now;
    }
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
