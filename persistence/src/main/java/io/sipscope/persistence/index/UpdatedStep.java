package io.sipscope.persistence.index;

/// The steps of 2^36 ns (69 s) by which PostgreSQL finds rows by the time of their last message:
/// its column `updated_step`. Few messages move a dialog to another, and only then does an index
/// hear of it.
final class UpdatedStep {
  private static final int BITS = 36;

  private UpdatedStep() {}

  /// Of a time in nanoseconds.
  static int of(long time) {
    return (int) (time >> BITS);
  }

  /// The first time of a step.
  static long begin(int step) {
    return (long) step << BITS;
  }

  /// Its last.
  static long end(int step) {
    return begin(step) | ((1L << BITS) - 1);
  }
}
