package io.sipscope.persistence.statistics;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// How often a duration fell between which bounds. What was counted can be taken back, when it
/// turns out to have been another.
public final class Histogram {
  /// From a hop in the same house to a phone that rings until Timer C.
  public static final List<Double> DELAYS =
      List.of(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 180.0);

  /// From a wrong number to a conference of half a day.
  public static final List<Double> TALKS =
      List.of(
          1.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0, 14_400.0, 43_200.0);

  private static final double NANOS = 1e9;

  private final List<Double> bounds;
  private final LongAdder[] counts;
  private final LongAdder nanos = new LongAdder();

  /// One moment of it.
  ///
  /// @param counts of each bound, of what is above the one before; the last is above all bounds
  public record Reading(List<Double> bounds, List<Long> counts, double seconds) {
    public Reading {
      bounds = List.copyOf(bounds);
      counts = List.copyOf(counts);
    }

    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /// @param bounds in seconds, growing; each belongs to what is below it
  Histogram(List<Double> bounds) {
    this.bounds = List.copyOf(bounds);
    counts = new LongAdder[bounds.size() + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /// @param sign 1 = count it, -1 = take it back
  public void count(long durationNanos, int sign) {
    double seconds = durationNanos / NANOS;
    int at = 0;
    while (at < bounds.size() && seconds > bounds.get(at)) {
      at++;
    }
    counts[at].add(sign);
    nanos.add(sign * durationNanos);
  }

  public Reading read() {
    var read = new java.util.ArrayList<Long>(counts.length);
    for (var count : counts) {
      read.add(count.sum());
    }
    return new Reading(bounds, read, nanos.sum() / NANOS);
  }
}
