package io.sipscope.node.events;

import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.statistics.Counters;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What became of events on their way to subscribers: `events:sent`, `events:failed` (nobody there,
/// or not in time), `events:dropped` (no room in the queue of the socket), `events:retried`.
final class EventCounters {
  private static final Logger LOG = LoggerFactory.getLogger(EventCounters.class);
  private static final long MINUTE = 60_000_000_000L;

  private final LongAdder sent;
  private final LongAdder failed;
  private final LongAdder dropped;
  private final LongAdder retried;
  private final AtomicLong lastLogged = new AtomicLong(System.nanoTime() - MINUTE);

  EventCounters(Counters counters) {
    sent = counters.counter("events", "sent");
    failed = counters.counter("events", "failed");
    dropped = counters.counter("events", "dropped");
    retried = counters.counter("events", "retried");
  }

  void sent() {
    sent.increment();
  }

  void dropped() {
    dropped.increment();
  }

  void retried() {
    retried.increment();
  }

  /// At most one line a minute: a subscriber that is gone is told of every event.
  void failed(SubscriberSocket socket, String why) {
    failed.increment();
    long now = System.nanoTime();
    long last = lastLogged.get();
    if (now - last >= MINUTE && lastLogged.compareAndSet(last, now)) {
      LOG.info("an event could not be told to {}: {}", socket.text(), why);
    }
  }
}
