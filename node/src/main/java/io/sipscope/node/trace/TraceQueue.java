package io.sipscope.node.trace;

import io.sipscope.persistence.trace.TracedMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits in memory for one destination, bounded in number and bytes. Who offers never waits:
/// the lock is held for a few steps, and whoever takes is woken once a batch rather than once a
/// message.
final class TraceQueue {
  /// What a message holds besides its SIP bytes: names, addresses, the objects around them.
  private static final int OVERHEAD = 512;

  private final int mostMessages;
  private final long mostBytes;
  private final int enough;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition some = lock.newCondition();
  private final ArrayDeque<TracedMessage> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean awaited;
  private boolean awaitedBatch;
  private volatile boolean half;

  /// @param enough for a batch, which is not waited on any longer
  TraceQueue(int mostMessages, long mostBytes, int enough) {
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
    this.enough = Math.min(enough, mostMessages);
  }

  static int size(TracedMessage message) {
    return message.capture().sip().length() + OVERHEAD;
  }

  /// Whether there was room.
  boolean offer(TracedMessage message) {
    int size = size(message);
    lock.lock();
    try {
      if (waiting.size() >= mostMessages || (bytes + size > mostBytes && !waiting.isEmpty())) {
        return false;
      }
      waiting.addLast(message);
      bytes += size;
      half = waiting.size() > mostMessages / 2 || bytes > mostBytes / 2;
      if (awaited || (awaitedBatch && waiting.size() >= enough)) {
        awaited = false;
        awaitedBatch = false;
        some.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the first message, and when there is one for others a while, unless they are a
  /// batch.
  void await(Duration first, Duration others) {
    lock.lock();
    try {
      if (waiting.isEmpty()) {
        awaited = true;
        pause(first);
      }
      if (!waiting.isEmpty() && waiting.size() < enough) {
        awaitedBatch = true;
        pause(others);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      awaited = false;
      awaitedBatch = false;
      lock.unlock();
    }
  }

  private void pause(Duration most) throws InterruptedException {
    long left = most.toNanos();
    while (left > 0 && (awaited || awaitedBatch)) {
      left = some.awaitNanos(left);
    }
  }

  /// Ends a wait.
  void wake() {
    lock.lock();
    try {
      awaited = false;
      awaitedBatch = false;
      some.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes the first: at most so many messages and bytes, but one at least.
  List<TracedMessage> take(int messages, long most) {
    lock.lock();
    try {
      var taken = new ArrayList<TracedMessage>(Math.min(messages, waiting.size()));
      long size = 0;
      while (!waiting.isEmpty() && taken.size() < messages) {
        int next = size(waiting.getFirst());
        if (!taken.isEmpty() && size + next > most) {
          break;
        }
        size += next;
        taken.add(waiting.removeFirst());
      }
      bytes -= size;
      half = waiting.size() > mostMessages / 2 || bytes > mostBytes / 2;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  List<TracedMessage> takeAll() {
    return take(Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  /// Whether more than half of the room is taken.
  boolean isHalfFull() {
    return half;
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
