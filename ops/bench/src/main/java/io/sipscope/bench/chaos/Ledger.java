package io.sipscope.bench.chaos;

import java.util.ArrayList;
import java.util.List;

/// What was acknowledged: calls whose import was answered 200. Their bytes are not kept, they can
/// be made again.
final class Ledger {
  private final List<Promise> promises = new ArrayList<>();

  /// One call of which every message must be there from now on.
  record Promise(String run, long call) {}

  synchronized void acknowledged(String run, long first, int calls) {
    for (long call = first; call < first + calls; call++) {
      promises.add(new Promise(run, call));
    }
  }

  synchronized int size() {
    return promises.size();
  }

  /// @param from of the promises in their order
  synchronized List<Promise> between(int from, int to) {
    return List.copyOf(promises.subList(from, to));
  }
}
