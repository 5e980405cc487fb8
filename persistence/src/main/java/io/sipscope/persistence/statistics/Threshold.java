package io.sipscope.persistence.statistics;

import java.time.Duration;
import java.util.function.Supplier;

/// How long something may take. What takes longer, and not just as long, is told to a [Slowness].
public final class Threshold {
  /// Nothing is slow.
  public static final Threshold NONE = of(Duration.ZERO, "", new Slowness());

  private final long nanos;
  private final String source;
  private final Slowness slowness;

  private Threshold(long nanos, String source, Slowness slowness) {
    this.nanos = nanos;
    this.source = source;
    this.slowness = slowness;
  }

  /// @param most zero = nothing is slow
  /// @param source as [Slowness.Listener#slow] is told it
  public static Threshold of(Duration most, String source, Slowness slowness) {
    return new Threshold(most.isZero() ? Long.MAX_VALUE : most.toNanos(), source, slowness);
  }

  /// Something took so long.
  ///
  /// @param what it was, made only when it was slow and somebody wants to know
  /// @return whether it was slow
  public boolean took(long tookNanos, Supplier<String> what) {
    if (tookNanos <= nanos) {
      return false;
    }
    slowness.slow(source, tookNanos, what);
    return true;
  }
}
