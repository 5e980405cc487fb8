package io.sipscope.node.observed;

import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts things that go on until they end or expire, without holding any of them: how many expire
/// in which stretch of time. What ends is taken out of the stretch it was put into, possibly on
/// another node, so that a stretch may be negative here and right in the sum over the nodes.
final class Expiring {
  /// Expiries further ahead are those of packets with a wrong clock, and are not counted: the bound
  /// of what is held.
  private static final int MAX_STRETCHES = 2_000;

  private final long stretchNanos;
  private final int kinds;
  private final TreeMap<Long, long[]> byStretch = new TreeMap<>();
  private final long[] live;
  private final LongAdder[] expired;

  /// @param stretchNanos how exactly it is known when something expired
  /// @param expired for each kind of things that is told apart, what counts those that expired and
  ///     were not heard of since
  Expiring(long stretchNanos, LongAdder... expired) {
    this.stretchNanos = stretchNanos;
    this.kinds = expired.length;
    this.expired = expired.clone();
    live = new long[kinds];
  }

  /// @param expiresAt nanoseconds since the epoch; empty = it ended and does not count
  /// @param sign 1 = it is so now, -1 = it was so until now
  synchronized void count(int kind, OptionalLong expiresAt, int sign, long now) {
    if (expiresAt.isEmpty()) {
      return;
    }
    long stretch = Math.floorDiv(expiresAt.getAsLong(), stretchNanos);
    long current = Math.floorDiv(now, stretchNanos);
    expire(current);
    if (stretch < current) {
      expired[kind].add(sign);
    } else if (stretch - current < MAX_STRETCHES) {
      byStretch.computeIfAbsent(stretch, _ -> new long[kinds])[kind] += sign;
      live[kind] += sign;
    }
  }

  /// How many of a kind go on. To be asked now and then: what expired meanwhile is counted by it.
  synchronized long live(int kind, long now) {
    expire(Math.floorDiv(now, stretchNanos));
    return live[kind];
  }

  private void expire(long current) {
    while (!byStretch.isEmpty() && byStretch.firstKey() < current) {
      var counts = byStretch.pollFirstEntry().getValue();
      for (int kind = 0; kind < kinds; kind++) {
        live[kind] -= counts[kind];
        expired[kind].add(counts[kind]);
      }
    }
  }
}
