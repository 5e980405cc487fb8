package io.sipscope.node.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Hands datagrams over from the threads that read the socket to the stream that decodes them.
/// Bounded in number and bytes: UDP cannot be slowed down, so what finds it full is refused.
final class DatagramQueue {
  private final int maxDatagrams;
  private final long maxBytes;
  private final Queue<Datagram> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger datagrams = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean awaited = new AtomicBoolean();
  private volatile Runnable wake = () -> {};

  DatagramQueue(int maxDatagrams, long maxBytes) {
    this.maxDatagrams = maxDatagrams;
    this.maxBytes = maxBytes;
  }

  /// @param wake called when something arrives while the reader waits, from any thread
  void onArrival(Runnable wake) {
    this.wake = wake;
  }

  /// @param refuse is told of each of these that there was no room for
  /// @return how many those were
  int offer(List<Datagram> some, Consumer<Datagram> refuse) {
    int refused = 0;
    for (var datagram : some) {
      if (!add(datagram)) {
        refuse.accept(datagram);
        refused++;
      }
    }
    if (refused < some.size() && awaited.get() && awaited.compareAndSet(true, false)) {
      wake.run();
    }
    return refused;
  }

  private boolean add(Datagram datagram) {
    int size = datagram.bytes().length();
    if (datagrams.incrementAndGet() > maxDatagrams) {
      datagrams.decrementAndGet();
      return false;
    }
    if (bytes.addAndGet(size) > maxBytes) {
      bytes.addAndGet(-size);
      datagrams.decrementAndGet();
      return false;
    }
    queue.add(datagram);
    return true;
  }

  /// Takes up to so many. Empty when there are none: then the next arrival wakes the reader.
  List<Datagram> take(int most) {
    var taken = poll(most);
    if (taken.isEmpty()) {
      awaited.set(true);
      taken = poll(most); // what arrived before it was awaited woke nobody
      if (!taken.isEmpty()) {
        awaited.set(false);
      }
    }
    return taken;
  }

  private List<Datagram> poll(int most) {
    var first = queue.poll();
    if (first == null) {
      return List.of();
    }
    var taken = new ArrayList<Datagram>(Math.min(most, 16));
    long size = 0;
    for (var next = first; next != null; next = taken.size() < most ? queue.poll() : null) {
      taken.add(next);
      size += next.bytes().length();
    }
    datagrams.addAndGet(-taken.size());
    bytes.addAndGet(-size);
    return taken;
  }

  int size() {
    return datagrams.get();
  }
}
