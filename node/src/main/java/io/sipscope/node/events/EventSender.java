package io.sipscope.node.events;

import io.sipscope.node.Resolver;
import io.sipscope.persistence.events.Delivering;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Sends the events of one socket, in their order, from a bounded queue: a virtual thread that ends
/// when there was nothing to send for a while.
final class EventSender {
  /// A connection is not kept for longer than that for nothing.
  static final Duration IDLE = Duration.ofSeconds(30);

  private record Pending(Subscription subscription, Event event) {}

  private final SubscriberSocket socket;
  private final EventSettings settings;
  private final Resolver resolver;
  private final EventCounters counters;
  private final BlockingQueue<Pending> queue;
  private boolean running;
  private volatile boolean closed;
  private Thread thread;

  EventSender(
      SubscriberSocket socket, EventSettings settings, Resolver resolver, EventCounters counters) {
    this.socket = socket;
    this.settings = settings;
    this.resolver = resolver;
    this.counters = counters;
    queue = new ArrayBlockingQueue<>(settings.queue());
  }

  /// Never waits: what has no room is dropped.
  void offer(Subscription subscription, Event event) {
    if (closed || !queue.offer(new Pending(subscription, event))) {
      counters.dropped();
      return;
    }
    synchronized (this) {
      if (!running && !closed) {
        running = true;
        thread = Thread.ofVirtual().name("event-sender").start(() -> Delivering.run(this::run));
      }
    }
  }

  private void run() {
    try (var wire = Wire.to(socket, settings, resolver)) {
      while (!closed) {
        var pending = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        if (pending != null) {
          send(wire, pending);
        } else if (hasEnded()) {
          return;
        }
      }
    } catch (InterruptedException _) {
      // closed
    } finally {
      stopped();
    }
  }

  private void send(Wire wire, Pending pending) throws InterruptedException {
    try {
      wire.send(EventPayload.of(pending.subscription(), pending.event()));
      counters.sent();
    } catch (IOException e) {
      counters.failed(socket, e);
    }
  }

  /// Under the lock, so that nothing is put into a queue that nobody empties.
  private synchronized boolean hasEnded() {
    if (queue.isEmpty()) {
      running = false;
      return true;
    }
    return false;
  }

  private synchronized void stopped() {
    if (Thread.currentThread().equals(thread)) {
      running = false;
    }
  }

  /// Whether it has nothing to do and no connection.
  synchronized boolean isAtRest() {
    return !running && queue.isEmpty();
  }

  synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
