package io.sipscope.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/// What the ingest of a node says of itself, since its process started.
record Counters(SortedMap<String, Long> byName) {
  long received() {
    return of("received");
  }

  long inFlight() {
    return of("in_flight");
  }

  /// Messages of which it says that they are in the journal, each counted once.
  long stored() {
    return of("persisted") - of("duplicates");
  }

  /// Messages that it is done with, whatever became of them.
  long ended() {
    return received() - inFlight();
  }

  /// What is wrong with them, once nothing comes any more.
  ///
  /// @param sent messages, where that is known
  List<String> complaints(OptionalLong sent) {
    var complaints = new ArrayList<String>();
    long accounted = inFlight() + of("persisted") + lost();
    if (received() != accounted) {
      complaints.add("received " + received() + " is not the sum of the rest: " + byName);
    }
    if (lost() != 0) {
      complaints.add(lost() + " messages were malformed or dropped: " + byName);
    }
    if (sent.isPresent() && sent.getAsLong() + earlier() != received()) {
      var earlier = earlier() == 0 ? "" : " and had " + earlier() + " in the spool";
      complaints.add(
          "sent " + sent.getAsLong() + " messages" + earlier + ", received " + received());
    }
    return complaints;
  }

  /// Bytes in the spool.
  long ofSpool() {
    return of("spool_bytes");
  }

  /// Messages that came out of the spool.
  long unspooled() {
    return of("unspooled");
  }

  /// Messages that an earlier process left in the spool, once that is empty.
  private long earlier() {
    return unspooled() - of("spooled");
  }

  private long lost() {
    return byName.entrySet().stream()
        .filter(e -> e.getKey().startsWith("malformed_") || e.getKey().startsWith("dropped_"))
        .mapToLong(e -> e.getValue())
        .sum();
  }

  private long of(String name) {
    return byName.getOrDefault(name, 0L);
  }
}
