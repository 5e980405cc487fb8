package io.sipscope.persistence.statistics;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// Counts what somebody else had to answer, and what took long: the groups `dns`, `sql` and `cdb`.
public final class Queries {
  /// Counts into nothing.
  public static final Queries UNCOUNTED =
      new Queries(new LongAdder(), new LongAdder(), Long.MAX_VALUE);

  private final LongAdder total;
  private final LongAdder slow;
  private final long thresholdNanos;

  private Queries(LongAdder total, LongAdder slow, long thresholdNanos) {
    this.total = total;
    this.slow = slow;
    this.thresholdNanos = thresholdNanos;
  }

  /// @param group `dns`, `sql` or `cdb`; the names repeat it, as OpenSIPS's do
  /// @param threshold what takes longer is slow; zero = nothing is
  public static Queries of(Counters counters, String group, Duration threshold) {
    return new Queries(
        counters.counter(group, group + "_total_queries"),
        counters.counter(group, group + "_slow_queries"),
        threshold.isZero() ? Long.MAX_VALUE : threshold.toNanos());
  }

  /// One was answered, or failed, after so long.
  public void took(long nanos) {
    total.increment();
    if (nanos > thresholdNanos) {
      slow.increment();
    }
  }
}
