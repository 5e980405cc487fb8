package io.sipscope.node.ingest;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/// How fast messages come in and how far storing is behind, looked at once a second.
final class Pace {
  /// Seconds the rate is taken over: long enough to be steady, short enough to be now.
  private static final int SECONDS = 5;

  private final IngestCounters counters;
  private final ArrayDeque<Long> receivedBySecond = new ArrayDeque<>();
  private final AtomicLong slowest = new AtomicLong(-1);
  private volatile long rate;
  private volatile long lagMillis;

  Pace(IngestCounters counters) {
    this.counters = counters;
    receivedBySecond.add(counters.receivedCount());
    counters.gauge("rate", () -> rate);
    counters.gauge("lag_ms", () -> lagMillis);
  }

  /// A message was stored so long after it was received.
  void stored(long afterMillis) {
    if (slowest.get() < afterMillis) {
      slowest.accumulateAndGet(afterMillis, Math::max);
    }
  }

  /// Called once a second.
  void tick() {
    long received = counters.receivedCount();
    receivedBySecond.addLast(received);
    if (receivedBySecond.size() > SECONDS + 1) {
      receivedBySecond.removeFirst();
    }
    rate = (received - receivedBySecond.getFirst()) / (receivedBySecond.size() - 1);
    long slowestOfSecond = slowest.getAndSet(-1);
    if (slowestOfSecond >= 0) {
      lagMillis = slowestOfSecond;
    } else {
      // Nothing was stored: either nothing is to be, or what waits has waited a second longer.
      lagMillis = counters.inFlight() == 0 ? 0 : lagMillis + 1_000;
    }
  }
}
