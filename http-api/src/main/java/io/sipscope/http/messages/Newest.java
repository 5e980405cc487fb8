package io.sipscope.http.messages;

import io.sipscope.http.live.Live;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// Keeps the newest of many messages, so many and no more. Mutable, as one search owns it.
final class Newest {
  /// Newest first; at one time by dialog, and there the later one first.
  static final Comparator<Live.Message> ORDER =
      Comparator.<Live.Message>comparingLong(m -> m.rung().capture().time())
          .reversed()
          .thenComparing(Live.Message::key)
          .thenComparing(Comparator.<Live.Message>comparingLong(m -> m.rung().seq()).reversed());

  private final int limit;
  private final TreeSet<Live.Message> kept = new TreeSet<>(ORDER);
  private boolean lost;

  Newest(int limit) {
    this.limit = limit;
  }

  Newest add(Live.Message message) {
    kept.add(message);
    if (kept.size() > limit) {
      kept.removeLast();
      lost = true;
    }
    return this;
  }

  Newest addAll(Newest others) {
    others.kept.forEach(this::add);
    lost |= others.lost;
    return this;
  }

  /// Whether there are as many as were wanted, all of them after a time.
  boolean isFullAfter(long time) {
    return kept.size() == limit && kept.getLast().rung().capture().time() > time;
  }

  /// Whether some did not fit.
  boolean lost() {
    return lost;
  }

  List<Live.Message> list() {
    return List.copyOf(kept);
  }

  List<Live.Message> after(long time) {
    return kept.stream().takeWhile(m -> m.rung().capture().time() > time).toList();
  }
}
