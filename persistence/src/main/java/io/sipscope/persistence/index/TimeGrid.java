package io.sipscope.persistence.index;

/// Stretches of time of one length that follow each other; nanoseconds.
///
/// @param from where the first begins
/// @param step the length of each, at least 1
/// @param buckets how many, at least 1
public record TimeGrid(long from, long step, int buckets) {
  public TimeGrid {
    if (step < 1 || buckets < 1) {
      throw new IllegalArgumentException(
          buckets + " buckets of " + step + " ns (wanted: 1 or more)");
    }
  }

  /// Where a bucket begins; that of [#buckets] is where the last one ends.
  public long start(int bucket) {
    return from + bucket * step;
  }

  public long end() {
    return start(buckets);
  }

  /// The bucket of a time that is within the grid.
  int bucket(long time) {
    return Math.toIntExact((time - from) / step);
  }
}
