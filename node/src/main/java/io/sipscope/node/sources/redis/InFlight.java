package io.sipscope.node.sources.redis;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The entries that were read and are not acknowledged yet, of which there are only so many.
final class InFlight {
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Semaphore room;

  InFlight(int most) {
    room = new Semaphore(most);
  }

  /// Waits for room, and takes what there is of it: 0 when there was none for so long. What of it
  /// is not used is to be given back.
  int reserve(int most, Duration patience) throws InterruptedException {
    if (!room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return 0;
    }
    int reserved = 1;
    while (reserved < most && room.tryAcquire()) {
      reserved++;
    }
    return reserved;
  }

  void giveBack(int entriesThatCameNot) {
    room.release(entriesThatCameNot);
  }

  boolean has(String id) {
    return entries.containsKey(id);
  }

  /// Takes one place of those reserved.
  void add(Entry entry) {
    entries.put(entry.id(), entry);
  }

  void remove(Entry entry) {
    entries.remove(entry.id());
    room.release();
  }
}
