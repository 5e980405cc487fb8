package io.sipscope.bench.chaos;

import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Load on a node while faults happen to it: after each, what was acknowledged before is asked for
/// again; after the last, everything is.
final class Trial {
  private static final Duration SETTLE = Duration.ofMinutes(1);
  private static final long POLL_MILLIS = 200;

  private final NodeProcess node;
  private final Traffic traffic;
  private final Injection injection;
  private final Random random;
  private final Report report;
  private final Complaints complaints;
  private final MessageCheck check;

  /// What the node said that it has stored, of all its lives but the last.
  private long storedBefore;

  Trial(
      NodeProcess node,
      Traffic traffic,
      Injection injection,
      Random random,
      Report report,
      Complaints complaints) {
    this.node = node;
    this.traffic = traffic;
    this.injection = injection;
    this.random = random;
    this.report = report;
    this.complaints = complaints;
    check = new MessageCheck(node, complaints);
  }

  /// Leaves the node running and at rest.
  ///
  /// @param plan the faults in their order
  /// @param between the longest time of peace before a fault
  Outcome run(List<Fault> plan, Duration between)
      throws IOException, SQLException, InterruptedException {
    traffic.start();
    var ledger = traffic.ledger();
    int checked = 0;
    for (var fault : plan) {
      TimeUnit.MILLISECONDS.sleep(random.nextLong(between.toMillis()));
      if (fault == Fault.NODE) {
        storedBefore += Injection.counters(node).stored();
      }
      int promised = ledger.size();
      var recovery = injection.inject(fault);
      afterwards(fault);
      report.add(recovery, check.check(ledger.between(checked, promised)));
      checked = promised;
    }
    var sent = traffic.end();
    var counters = settled();
    complaints.addAll(counters.complaints(sent));
    var sought = SearchCheck.of(node);
    var promises = ledger.between(0, ledger.size());
    return new Outcome(
        check.check(promises), sought, sought.missing(promises), storedBefore + counters.stored());
  }

  private void afterwards(Fault fault) throws InterruptedException {
    if (fault == Fault.NODE) {
      traffic.nodeIsNew();
    } else if (!node.isAlive()) {
      complaints.add(fault.text() + ": the process of the node ended");
    } else if (traffic.isHepBroken()) {
      complaints.add(fault.text() + ": the node hung up on its HEP agent");
    }
  }

  /// Waits until nothing is in flight and nothing more came since the last look.
  private Counters settled() throws IOException, InterruptedException {
    long end = System.nanoTime() + SETTLE.toNanos();
    var last = Injection.counters(node);
    while (System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      var now = Injection.counters(node);
      if (now.inFlight() == 0 && now.received() == last.received()) {
        return now;
      }
      last = now;
    }
    complaints.add("in flight for " + SETTLE + " and not stored: " + last.inFlight());
    return last;
  }
}
