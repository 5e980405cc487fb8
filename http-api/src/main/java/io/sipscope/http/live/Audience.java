package io.sipscope.http.live;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Whether anybody in the cluster watches live, for an ingest to ask before it builds a
/// [io.sipscope.persistence.dialog.Traffic]. While nobody does, the answer costs one volatile read.
///
/// ```java
/// if (audience.admits(rungs.size())) {
///   live.tell(new LiveFeed.Publish(new Traffic(key, rungs)));
/// }
/// ```
///
/// One per node, handed to [LiveFeed#create] and to the ingest.
public final class Audience {
  /// Messages that may wait for the feed, which nothing slows down: past it they are missed by
  /// those who watch, and told as missed, rather than piling up.
  static final int MAX_WAITING = 20_000;

  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder missed = new LongAdder();
  private volatile boolean present;

  /// Whether somebody watches, or did a few minutes ago and may come back.
  public boolean isPresent() {
    return present;
  }

  /// Whether somebody watches and the feed takes so many messages more. A yes is to be followed by
  /// publishing them; after a no because of load they count as missed.
  public boolean admits(int messages) {
    if (!present) {
      return false;
    }
    if (waiting.addAndGet(messages) > MAX_WAITING) {
      waiting.addAndGet(-messages);
      missed.add(messages);
      return false;
    }
    return true;
  }

  void present(boolean present) {
    this.present = present;
  }

  /// The feed took messages that were admitted.
  void took(int messages) {
    waiting.updateAndGet(before -> Math.max(0, before - messages));
  }

  /// How many were missed since this was last asked.
  long missed() {
    return missed.sumThenReset();
  }
}
