package io.sipscope.http.live;

/// Chooses which messages a watcher sees who cannot follow all of them: as many dialogs as make
/// about `rate` messages a second, each of them whole. A dialog is chosen by its key, so that the
/// choice is the same on every node and after a resume, and a smaller share is part of a larger.
///
/// Told once a second how it goes on, by [#tick]; one thread at a time.
final class Sampling {
  /// Messages that a second may bring more than was meant, until the share has been made smaller.
  private static final int SURGE = 2;

  /// A share that grows step by step does not overshoot when traffic swings.
  private static final double GROWTH = 1.5;

  private static final double WHOLE = 1.0;
  private static final double HASHES = 1L << 32;

  private final int rate;
  private double share = WHOLE;
  private long matched;
  private long shown;

  /// @param rate messages a second
  Sampling(int rate) {
    this.rate = rate;
  }

  boolean admits(String key) {
    matched++;
    if (shown >= (long) SURGE * rate || place(key) >= share) {
      return false;
    }
    shown++;
    return true;
  }

  /// Where a key lies in [0, 1): its hash, its bits mixed (the finalizer of MurmurHash3).
  private static double place(String key) {
    int h = key.hashCode();
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    h ^= h >>> 16;
    return Integer.toUnsignedLong(h) / HASHES;
  }

  /// A second has passed: tells of it, and adapts the share for the next.
  Live.Rate tick() {
    var told = new Live.Rate(matched, shown, share);
    double fitting = matched <= rate ? WHOLE : (double) rate / matched;
    share = Math.min(fitting, Math.max(share * GROWTH, 1 / HASHES));
    matched = 0;
    shown = 0;
    return told;
  }
}
