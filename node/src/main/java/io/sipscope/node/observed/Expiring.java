package io.sipscope.node.observed;

import java.util.List;
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
  private final List<Kind> kinds;
  private final TreeMap<Long, long[]> byStretch = new TreeMap<>();

  /// Things that are counted together.
  ///
  /// @param live those that go on
  /// @param expired those that expired, and were not heard of since
  record Kind(LongAdder live, LongAdder expired) {}

  /// @param stretchNanos how exactly it is known when something expired
  /// @param kinds known by their place
  Expiring(long stretchNanos, Kind... kinds) {
    this.stretchNanos = stretchNanos;
    this.kinds = List.of(kinds);
  }

  /// @param kind its place
  /// @param expiresAt nanoseconds since the epoch; empty = it ended and does not count
  /// @param sign 1 = it is so now, -1 = it was so until now
  synchronized void count(int kind, OptionalLong expiresAt, int sign, long now) {
    if (expiresAt.isEmpty()) {
      return;
    }
    long stretch = Math.floorDiv(expiresAt.getAsLong(), stretchNanos);
    long current = Math.floorDiv(now, stretchNanos);
    expire(now);
    if (stretch < current) {
      kinds.get(kind).expired().add(sign);
    } else if (stretch - current < MAX_STRETCHES) {
      byStretch.computeIfAbsent(stretch, _ -> new long[kinds.size()])[kind] += sign;
      kinds.get(kind).live().add(sign);
    }
  }

  /// To be called now and then: counts what expired meanwhile.
  synchronized void expire(long now) {
    long current = Math.floorDiv(now, stretchNanos);
    while (!byStretch.isEmpty() && byStretch.firstKey() < current) {
      var counts = byStretch.pollFirstEntry().getValue();
      for (int kind = 0; kind < counts.length; kind++) {
        kinds.get(kind).live().add(-counts[kind]);
        kinds.get(kind).expired().add(counts[kind]);
      }
    }
  }
}
