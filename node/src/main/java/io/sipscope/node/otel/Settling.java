package io.sipscope.node.otel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Calls that have ended, and are waited for a moment, as the answer to a BYE comes after it. Each
/// word of a call has it wait anew. Bounded: there is no room for more than so many.
final class Settling {
  private final int most;
  private final long nanos;

  /// When each is due, the first due first: what waits anew goes to the end.
  private final Map<String, Long> dueByKey = new LinkedHashMap<>();

  Settling(int most, long nanos) {
    this.most = most;
    this.nanos = nanos;
  }

  /// @return whether there was room
  synchronized boolean ended(String key, long now) {
    boolean known = dueByKey.remove(key) != null;
    if (!known && dueByKey.size() >= most) {
      return false;
    }
    dueByKey.put(key, now + nanos);
    return true;
  }

  /// Takes those that are due, at most so many.
  synchronized List<String> due(long now, int atOnce) {
    var due = new ArrayList<String>();
    var waiting = dueByKey.entrySet().iterator();
    while (due.size() < atOnce && waiting.hasNext()) {
      var next = waiting.next();
      if (next.getValue() - now > 0) {
        break;
      }
      due.add(next.getKey());
      waiting.remove();
    }
    return due;
  }

  synchronized int size() {
    return dueByKey.size();
  }
}
