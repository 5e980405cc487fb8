package io.sipscope.node.scaling;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Platform threads that share the work, as many as somebody says. What is handed over waits in one
/// queue, so that who comes helps at once, and who goes takes nothing along.
///
/// Each has a slot from 0; the lowest that is free is taken, the highest that is taken is freed.
public final class WorkerThreads implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);

  /// How often an idle worker looks whether it is to go.
  private static final long LOOK_MILLIS = 100;

  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final Worker[] workers;
  private final AtomicLong[] busyNanos;
  private int count;

  /// @param most of them at once
  public WorkerThreads(int most) {
    workers = new Worker[most];
    busyNanos = new AtomicLong[most];
    Arrays.setAll(busyNanos, _ -> new AtomicLong());
  }

  /// The name of a slot's thread, which no other begins with.
  public static String threadName(int slot) {
    return "sip-receiver-%02d".formatted(slot);
  }

  public int most() {
    return workers.length;
  }

  /// How many there are.
  public synchronized int count() {
    return count;
  }

  /// One more.
  ///
  /// @return its slot; empty when there are as many as there may be
  synchronized OptionalInt add() {
    if (count == workers.length) {
      return OptionalInt.empty();
    }
    int slot = count++;
    var worker = new Worker(busyNanos[slot]);
    workers[slot] = worker;
    Thread.ofPlatform().daemon().name(threadName(slot)).start(worker);
    return OptionalInt.of(slot);
  }

  /// One less, but for the last. It finishes what it has begun.
  ///
  /// @return the slot that is free now; empty when there is only one
  synchronized OptionalInt remove() {
    if (count <= 1) {
      return OptionalInt.empty();
    }
    int slot = --count;
    workers[slot].goes = true;
    return OptionalInt.of(slot);
  }

  /// Nanoseconds that the workers of a slot have worked so far.
  public long busyNanos(int slot) {
    return busyNanos[slot].get();
  }

  /// How many at most wait and are worked on is up to who calls.
  @Override
  public void execute(Runnable task) {
    work.add(task);
  }

  /// What waits is not worked on any more.
  @Override
  public synchronized void close() {
    for (int slot = 0; slot < count; slot++) {
      workers[slot].goes = true;
    }
    count = 0;
  }

  private final class Worker implements Runnable {
    private final AtomicLong busy;
    private volatile boolean goes;

    Worker(AtomicLong busy) {
      this.busy = busy;
    }

    @Override
    public void run() {
      try {
        while (!goes) {
          var task = work.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          if (task != null) {
            workOn(task);
          }
        }
      } catch (InterruptedException e) {
        LOG.warn("a worker was interrupted, and goes", e);
      }
    }

    private void workOn(Runnable task) {
      long begun = System.nanoTime();
      try {
        task.run();
      } finally {
        busy.addAndGet(System.nanoTime() - begun);
      }
    }
  }
}
