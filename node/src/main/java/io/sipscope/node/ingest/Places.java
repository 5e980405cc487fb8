package io.sipscope.node.ingest;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Places for connections: so many in all, and so many for one address, that nobody alone can
/// take them all.
final class Places {
  private final int most;
  private final int mostOfOne;
  private final AtomicInteger taken = new AtomicInteger();
  private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

  Places(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  enum Answer {
    WELCOME,
    FULL,
    TOO_MANY_OF_THIS_ADDRESS
  }

  /// Takes a place, which is to be given back with [#leave].
  Answer enter(InetAddress address) {
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      return Answer.FULL;
    }
    if (byAddress.merge(address, 1, Integer::sum) > mostOfOne) {
      leave(address);
      return Answer.TOO_MANY_OF_THIS_ADDRESS;
    }
    return Answer.WELCOME;
  }

  void leave(InetAddress address) {
    byAddress.computeIfPresent(address, (_, open) -> open == 1 ? null : open - 1);
    taken.decrementAndGet();
  }

  int taken() {
    return taken.get();
  }
}
