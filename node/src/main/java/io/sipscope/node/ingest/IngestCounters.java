package io.sipscope.node.ingest;

import io.sipscope.node.agents.Admission;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.protocol.dialog.Seen;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// What became of every message that was received. The law, at all times:
///
/// `received = in_flight + persisted + every malformed_* + every dropped_*`
///
/// What is in the spool is in flight; what an earlier process left there is received when it is
/// read. A duplicate is persisted already: it counts in `persisted`, and in `duplicates` besides.
///
/// | dropped | is |
/// | --- | --- |
/// | `dropped_queue_full` | a HEP datagram that found the hand-over queue full |
/// | `dropped_kernel` | a HEP datagram the kernel had no room for |
/// | `dropped_capture_off` | HEP that came while `sip_capture off` held |
/// | `dropped_not_sip` | HEP that carries something other than SIP: RTCP, logs |
/// | `dropped_agent_unknown`, `_key`, `_address`, `_rate` | HEP that was not let in |
public final class IngestCounters {
  private static final String GROUP = "ingest";

  private final Counters counters;
  private final LongAdder received;
  private final LongAdder persisted;
  private final LongAdder duplicates;
  private final LongAdder repeatedAsks;
  private final LongAdder spooled;
  private final LongAdder unspooled;
  private final LongAdder spoolFailures;
  private final LongAdder ended = new LongAdder();
  private final Map<String, LongAdder> byReason = new ConcurrentHashMap<>();

  public IngestCounters(Counters counters) {
    this.counters = counters;
    received = counters.counter(GROUP, "received");
    persisted = counters.counter(GROUP, "persisted");
    duplicates = counters.counter(GROUP, "duplicates");
    repeatedAsks = counters.counter(GROUP, "repeated_asks");
    spooled = counters.counter(GROUP, "spooled");
    unspooled = counters.counter(GROUP, "unspooled");
    spoolFailures = counters.counter(GROUP, "spool_failures");
    counters.gauge(GROUP, "in_flight", this::inFlight);
    for (var reason : List.of("queue_full", "kernel", "not_sip", "capture_off")) {
      counters.counter(GROUP, "dropped_" + reason);
    }
    for (var admission : Admission.values()) {
      if (admission.isRefused()) {
        counters.counter(GROUP, "dropped_" + admission.reason().replace('-', '_'));
      }
    }
  }

  public void received() {
    received.increment();
  }

  /// So many at once.
  public void received(int messages) {
    received.add(messages);
  }

  public void persisted(Seen seen) {
    switch (seen) {
      case FIRST, RETRANSMISSION -> {}
      case DUPLICATE -> duplicates.increment();
    }
    persisted.increment();
    ended.increment();
  }

  /// @param reason a decoder's constant in kebab-case
  public void malformed(String reason) {
    end("malformed_", reason);
  }

  /// @param reason in kebab-case
  public void dropped(String reason) {
    end("dropped_", reason);
  }

  /// Datagrams that the kernel received for us and threw away.
  public void droppedByKernel(long datagrams) {
    received.add(datagrams);
    counters.counter(GROUP, "dropped_kernel").add(datagrams);
    ended.add(datagrams);
  }

  /// A burst had to be offered to its dialog again.
  public void askedAgain() {
    repeatedAsks.increment();
  }

  /// Messages that were written to the spool.
  public void spooled(int messages) {
    spooled.add(messages);
  }

  /// Messages that were read back from it, those of an earlier run included.
  public void unspooled(int messages) {
    unspooled.add(messages);
  }

  /// The spool could not be written or read.
  public void spoolFailed() {
    spoolFailures.increment();
  }

  /// Registers a value of the ingest that is computed when read.
  public void gauge(String name, LongSupplier value) {
    counters.gauge(GROUP, name, value);
  }

  long receivedCount() {
    return received.sum();
  }

  /// Received, and neither stored nor counted as lost yet.
  public long inFlight() {
    long before = ended.sum(); // first: what ends meanwhile must not make it negative
    return received.sum() - before;
  }

  private void end(String kind, String reason) {
    byReason
        .computeIfAbsent(kind + reason, name -> counters.counter(GROUP, name.replace('-', '_')))
        .increment();
    ended.increment();
  }
}
