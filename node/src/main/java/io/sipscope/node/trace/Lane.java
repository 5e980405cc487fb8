package io.sipscope.node.trace;

import io.sipscope.persistence.trace.DestinationState;
import io.sipscope.persistence.trace.TraceTarget;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.protocol.capture.Nanos;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of messages to one destination: a queue, a spool behind it when the destination takes
/// nothing or too little, and a thread that delivers, in one order:
///
/// `in hand (being delivered) < on the disk < unwritten (the disk failed) < in the queue`
///
/// What is in hand is tried until it is taken. [#look], called again and again by somebody else,
/// carries the queue to the disk while that lasts.
final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  /// How often an idle destination is asked whether it is still there.
  private static final Duration IDLE = Duration.ofSeconds(1);

  /// A stop waits so long for what is being delivered.
  private static final Duration LAST = Duration.ofSeconds(2);

  /// How far pauses differ from each other, so that not all knock at once.
  private static final double JITTER = 0.2;

  private final TraceTarget target;
  private final DestinationSettings settings;
  private final Delivery delivery;
  private final Tally tally;
  private final Clock clock;
  private final TraceQueue queue;
  private final TraceSpool spool;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();

  // Under the lock.
  private List<TracedMessage> inHand = List.of();
  private boolean inHandOnDisk;
  private List<TracedMessage> unwritten = new ArrayList<>();
  private boolean diskFailed;

  /// Since when the same messages are in hand; 0 = none are.
  private volatile long inHandSince;

  /// Since when the destination is being asked something; 0 = it is not.
  private volatile long askingSince;

  private volatile boolean stopping;
  private volatile Health health;
  private volatile boolean dropping;

  private record Health(boolean up, String trouble, long since) {}

  Lane(
      TraceTarget target,
      DestinationSettings settings,
      Delivery delivery,
      TraceSpool spool,
      Tally tally,
      Clock clock) {
    this.target = target;
    this.settings = settings;
    this.delivery = delivery;
    this.spool = spool;
    this.tally = tally;
    this.clock = clock;
    queue =
        new TraceQueue(settings.queueMessages(), settings.queueBytes(), settings.batchMessages());
    health = new Health(false, DestinationState.NEW, now());
    thread = Thread.ofVirtual().name("trace-" + target.id()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  TraceTarget target() {
    return target;
  }

  /// Never blocks. What finds no room is dropped.
  void offer(TracedMessage message) {
    if (stopping) {
      tally.dropped(Tally.Drop.STOPPED, 1);
    } else if (!queue.offer(message)) {
      tally.dropped(Tally.Drop.NO_ROOM, 1);
      dropping();
    }
  }

  private void dropping() {
    if (!dropping) {
      dropping = true;
      LOG.warn("{} takes too little: messages for it are dropped and counted", target.uri());
    }
  }

  private void run() {
    var pause = settings.retryFirst();
    boolean repeated = false;
    while (!stopping) {
      try {
        if (inHand.isEmpty() && !next()) {
          ask(delivery::open);
          up();
          pause = settings.retryFirst();
          queue.await(IDLE, Duration.ZERO);
          continue;
        }
        ask(this::deliver);
        up();
        repeated = false;
        pause = settings.retryFirst();
      } catch (Away e) {
        down(e);
        if (!repeated && !inHand.isEmpty()) {
          tally.retried(inHand.size());
          repeated = true;
        }
        pause = after(pause);
      }
    }
    delivery.close();
  }

  /// What is asked of a destination, which may hang.
  @FunctionalInterface
  private interface Asked {
    void ask() throws Away;
  }

  private void ask(Asked asked) throws Away {
    askingSince = System.nanoTime();
    try {
      asked.ask();
    } finally {
      askingSince = 0;
    }
  }

  private void deliver() throws Away {
    int refused = delivery.deliver(inHand);
    lock.lock();
    try {
      tally.sent(inHand.size() - refused);
      tally.dropped(Tally.Drop.REFUSED, refused);
      if (inHandOnDisk) {
        spool.advance();
      }
    } catch (IOException e) {
      failed(e);
    } finally {
      inHand = List.of();
      inHandSince = 0;
      lock.unlock();
    }
  }

  /// Takes the next messages in hand; false when there are none.
  private boolean next() {
    queue.await(Duration.ZERO, settings.window());
    lock.lock();
    try {
      inHandOnDisk = !spool.isEmpty();
      inHand = spool.peek(settings.batchMessages());
      if (inHand.isEmpty()) {
        inHandOnDisk = false;
        if (unwritten.isEmpty()) {
          inHand = queue.take(settings.batchMessages(), settings.batchBytes());
        } else {
          inHand = unwritten;
          unwritten = new ArrayList<>();
        }
      }
    } catch (IOException e) {
      failed(e);
    } finally {
      inHandSince = inHand.isEmpty() ? 0 : System.nanoTime();
      lock.unlock();
    }
    return !inHand.isEmpty();
  }

  /// Waits, and answers how long to wait the next time.
  private Duration after(Duration pause) {
    double spread = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    long end = System.nanoTime() + (long) (pause.toNanos() * spread);
    for (long left = end - System.nanoTime(); left > 0 && !stopping; ) {
      LockSupport.parkNanos(this, left);
      left = end - System.nanoTime();
    }
    var next = pause.multipliedBy(2);
    return next.compareTo(settings.retryLongest()) < 0 ? next : settings.retryLongest();
  }

  /// Carries the queue to the disk when the destination takes nothing or too little, and lets a
  /// question fail that hangs.
  void look() {
    long now = System.nanoTime();
    long asking = askingSince;
    if (asking != 0 && now - Math.max(asking, delivery.progress()) > patience().toNanos()) {
      delivery.abort();
    }
    dropping &= queue.isHalfFull();
    if (spool.isOn() && !stopping && (isHeldUp(now) || queue.isHalfFull() || spool.bytes() > 0)) {
      spool();
    }
  }

  private Duration patience() {
    return settings.connectTimeout().plus(settings.writeTimeout());
  }

  private boolean isHeldUp(long now) {
    long since = inHandSince;
    return since != 0 && now - since > settings.spoolAfter().toNanos();
  }

  private void spool() {
    lock.lock();
    try {
      if (!inHand.isEmpty() && !inHandOnDisk && unwritten.isEmpty() && spool.isEmpty()) {
        spoolInHand();
      }
      if (unwritten.isEmpty()) {
        unwritten = queue.takeAll();
      }
      if (!unwritten.isEmpty()) {
        int written = spool.append(unwritten);
        tally.spooled(written);
        if (written < unwritten.size()) {
          tally.dropped(Tally.Drop.NO_ROOM, unwritten.size() - written);
          dropping();
        }
        unwritten = new ArrayList<>();
      }
      diskFailed = false;
    } catch (IOException e) {
      failed(e);
    } finally {
      lock.unlock();
    }
  }

  /// So that it survives this process; a spool that has no room for one batch is left alone.
  private void spoolInHand() throws IOException {
    if (inHand.stream().mapToLong(TraceQueue::size).sum() < settings.spoolBytes() / 2) {
      tally.spooled(spool.append(inHand));
      spool.peekAll();
      inHandOnDisk = true;
    }
  }

  private void failed(IOException why) {
    if (!diskFailed) {
      LOG.warn("the spool for {} fails, and is tried again: {}", target.uri(), why.toString());
    }
    diskFailed = true;
  }

  private void up() {
    if (!health.up()) {
      health = new Health(true, "", now());
      LOG.info("{} of trace {} is reached", target.uri(), target.id());
    }
  }

  private void down(Away why) {
    boolean news = health.up() || !health.trouble().equals(why.getMessage());
    if (news && !stopping) {
      health = new Health(false, why.getMessage(), now());
      LOG.warn("{} of trace {} is tried again: {}", target.uri(), target.id(), why.getMessage());
    }
  }

  private long now() {
    return Nanos.of(clock.instant());
  }

  DestinationState state() {
    var is = health;
    return new DestinationState(
        target.id(),
        target.uri(),
        target.isDynamic(),
        is.up(),
        is.trouble(),
        is.since(),
        queued(),
        spool.bytes(),
        tally.read());
  }

  /// Messages in memory that are not delivered.
  long queued() {
    lock.lock();
    try {
      return (long) queue.size() + unwritten.size() + (inHandOnDisk ? 0 : inHand.size());
    } finally {
      lock.unlock();
    }
  }

  /// Whether more may be sent without loss.
  boolean hasRoom() {
    return !queue.isHalfFull() && (!spool.isOn() || spool.bytes() == 0);
  }

  /// No more comes. A dynamic destination is let go at once; of another what waits is delivered
  /// for a moment, and what is left stays on the disk for the next start.
  void stop() {
    if (target.isDynamic()) {
      stopping = true;
      delivery.abort();
    } else {
      deliverLast();
      stopping = true;
    }
    queue.wake();
    LockSupport.unpark(thread);
    try {
      if (!thread.join(LAST)) {
        delivery.abort();
        thread.join(LAST);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    keepTheRest();
  }

  private void deliverLast() {
    long end = System.nanoTime() + LAST.toNanos();
    while (health.up() && (queued() > 0 || spool.bytes() > 0) && System.nanoTime() < end) {
      queue.wake();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private void keepTheRest() {
    lock.lock();
    try {
      var rest = new ArrayList<TracedMessage>();
      if (!inHandOnDisk) {
        rest.addAll(inHand);
      }
      rest.addAll(unwritten);
      rest.addAll(queue.takeAll());
      int kept = rest.isEmpty() || target.isDynamic() ? 0 : spool.append(rest);
      tally.spooled(kept);
      tally.dropped(Tally.Drop.STOPPED, rest.size() - kept);
    } catch (IOException e) {
      failed(e);
    } finally {
      spool.close();
      lock.unlock();
    }
  }
}
