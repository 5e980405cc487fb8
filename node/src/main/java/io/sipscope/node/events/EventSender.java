package io.sipscope.node.events;

import io.sipscope.node.Resolver;
import io.sipscope.persistence.events.Deliveries;
import io.sipscope.persistence.events.Delivering;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription.Era;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Sends the events of one socket, in their order, from a bounded queue: a virtual thread that ends
/// when there was nothing to send for a while. What fails is sent again, later each time; once a
/// subscriber is known to be gone, each event is tried once until one is taken.
final class EventSender {
  /// A connection is not kept for longer than that for nothing.
  static final Duration IDLE = Duration.ofSeconds(30);

  private record Pending(Era era, EventPayload event) {}

  private final SubscriberSocket socket;
  private final EventSettings settings;
  private final Resolver resolver;
  private final EventCounters counters;
  private final BlockingQueue<Pending> queue;
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private volatile String lastFailure = "";
  private boolean isDown;
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
  void offer(Era era, EventPayload event) {
    if (closed || !queue.offer(new Pending(era, event))) {
      dropped();
      return;
    }
    synchronized (this) {
      if (closed) {
        giveUp(); // it was closed just now, and its queue was looked at already
      } else if (!running) {
        running = true;
        thread = Thread.ofVirtual().name("event-sender").start(() -> Delivering.during(this::run));
      }
    }
  }

  private void run() {
    try (var outlet = Outlet.to(socket, settings, resolver)) {
      while (!closed) {
        var pending = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        if (pending != null) {
          send(outlet, pending);
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

  private void send(Outlet outlet, Pending pending) throws InterruptedException {
    int retries = isDown ? 0 : settings.retries();
    for (int attempt = 0; ; attempt++) {
      try {
        outlet.tell(pending.era(), pending.event(), attempt);
        isDown = false;
        sent.increment();
        counters.sent();
        return;
      } catch (IOException e) {
        boolean isLast = attempt >= retries || e instanceof Outlet.Refused;
        if (isLast || closed) {
          isDown = !(e instanceof Outlet.Refused);
          failed(e);
          return;
        }
        retried.increment();
        counters.retried();
        rest(settings.backoff().toMillis() << attempt, e);
      }
    }
  }

  private void rest(long millis, IOException why) throws InterruptedException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      failed(why);
      throw e;
    }
  }

  private void failed(IOException why) {
    lastFailure = text(why);
    failed.increment();
    counters.failed(socket, lastFailure);
  }

  /// The JDK's client of HTTP says why it could not connect by the class alone.
  private static String text(IOException why) {
    return why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
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

  Deliveries deliveries() {
    return new Deliveries(
        sent.sum(), failed.sum(), dropped.sum(), retried.sum(), queue.size(), lastFailure);
  }

  /// What is queued is not sent any more, but counted as dropped.
  synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
    giveUp();
  }

  private void giveUp() {
    for (var left = queue.poll(); left != null; left = queue.poll()) {
      dropped();
    }
  }

  private void dropped() {
    dropped.increment();
    counters.dropped();
  }
}
