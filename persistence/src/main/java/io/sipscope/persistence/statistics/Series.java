package io.sipscope.persistence.statistics;

import java.util.Arrays;

/// Values of the last while, a slot for each part of it. What is older is forgotten a slot at a
/// time, whenever it is written or read.
final class Series {
  private final SeriesProfile profile;
  private final long windowMillis;
  private final long slotMillis;

  /// By slot: sums, or what was positive.
  private final long[] sums;

  /// By slot: how many values, or how large all were.
  private final long[] counts;

  private long touched;

  /// @param now milliseconds
  Series(SeriesProfile profile, long now) {
    this.profile = profile;
    windowMillis = profile.windowSeconds() * 1_000L;
    slotMillis = windowMillis / profile.slots();
    sums = new long[profile.slots()];
    counts = new long[profile.slots()];
    touched = now;
  }

  /// @param now milliseconds
  synchronized void add(int value, long now) {
    forget(now);
    int slot = slot(touched);
    switch (profile.algorithm()) {
      case ACCUMULATE, AVERAGE -> {
        sums[slot] += value;
        counts[slot]++;
      }
      case PERCENTAGE -> {
        sums[slot] += Math.max(value, 0);
        counts[slot] += Math.abs((long) value);
      }
    }
  }

  synchronized long sum(long now) {
    forget(now);
    return total(sums);
  }

  /// Mean or percentage, not divided yet.
  synchronized Fraction fraction(long now) {
    forget(now);
    long factor = profile.algorithm() == SeriesProfile.Algorithm.PERCENTAGE ? profile.factor() : 1;
    return new Fraction(total(sums) * factor, total(counts));
  }

  private static long total(long[] slots) {
    long total = 0;
    for (long slot : slots) {
      total += slot;
    }
    return total;
  }

  /// A slot that is as long as the others, and the last one takes what does not divide.
  private int slot(long time) {
    return (int)
        Math.min(Math.floorMod(time, windowMillis) / slotMillis, (long) profile.slots() - 1);
  }

  /// Empties the slots that were not touched since a window ago. A clock that goes back stands
  /// still here.
  private void forget(long now) {
    if (now <= touched) {
      return;
    }
    if (now - touched >= windowMillis) {
      Arrays.fill(sums, 0);
      Arrays.fill(counts, 0);
    } else {
      int last = slot(now);
      boolean round = last == slot(touched) && now - touched > slotMillis;
      for (int slot = slot(touched); slot != last || round; ) {
        slot = slot + 1 == sums.length ? 0 : slot + 1;
        round = round && slot != last;
        sums[slot] = 0;
        counts[slot] = 0;
      }
    }
    touched = now;
  }
}
