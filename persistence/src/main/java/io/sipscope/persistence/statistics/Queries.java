package io.sipscope.persistence.statistics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Counts what somebody else had to answer, and what took long: the groups `dns`, `sql` and `cdb`.
public final class Queries {
  /// Counts into nothing.
  public static final Queries UNCOUNTED =
      new Queries(new LongAdder(), new LongAdder(), Threshold.NONE);

  private final LongAdder total;
  private final LongAdder slow;
  private final Threshold threshold;

  private Queries(LongAdder total, LongAdder slow, Threshold threshold) {
    this.total = total;
    this.slow = slow;
    this.threshold = threshold;
  }

  /// @param group `dns`, `sql` or `cdb`; the names repeat it, as OpenSIPS's do
  public static Queries of(Counters counters, String group, Threshold threshold) {
    return new Queries(
        counters.counter(group, group + "_total_queries"),
        counters.counter(group, group + "_slow_queries"),
        threshold);
  }

  /// One was answered, or failed, after so long.
  ///
  /// @param what was asked: the name, the SQL; made only when it was slow
  public void took(long nanos, Supplier<String> what) {
    total.increment();
    if (threshold.took(nanos, what)) {
      slow.increment();
    }
  }
}
