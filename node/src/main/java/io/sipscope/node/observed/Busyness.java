package io.sipscope.node.observed;

/// How busy one worker was in each of the last seconds.
final class Busyness {
  private static final long PERCENT = 100;

  private final long[] at;
  private final long[] cpu;
  private int samples;
  private long totalCpu;
  private long allocated;
  private long mostAllocated;

  /// @param seconds how far back it knows
  Busyness(int seconds) {
    at = new long[seconds + 1];
    cpu = new long[seconds + 1];
  }

  /// Called once a second.
  ///
  /// @param now nanoseconds of any clock that goes evenly
  /// @param cpuNanos spent since the last call, for each core that it may use at once
  /// @param allocatedBytes taken from the heap since the last call
  synchronized void spent(long now, long cpuNanos, long allocatedBytes) {
    totalCpu += samples == 0 ? 0 : cpuNanos;
    at[samples % at.length] = now;
    cpu[samples % cpu.length] = totalCpu;
    allocated = samples == 0 ? 0 : allocatedBytes;
    mostAllocated = Math.max(mostAllocated, allocated);
    samples++;
  }

  /// Of the last so many seconds, or of those there were; 0 before there was one.
  synchronized long percent(int seconds) {
    if (samples < 2) {
      return 0;
    }
    int last = (samples - 1) % at.length;
    int first = (samples - 1 - Math.min(seconds, Math.min(samples, at.length) - 1)) % at.length;
    long elapsed = at[last] - at[first];
    return elapsed <= 0 ? 0 : Math.clamp((cpu[last] - cpu[first]) * PERCENT / elapsed, 0, PERCENT);
  }

  /// Bytes taken from the heap in the last second.
  synchronized long allocated() {
    return allocated;
  }

  /// The most bytes taken in one second.
  synchronized long mostAllocated() {
    return mostAllocated;
  }
}
