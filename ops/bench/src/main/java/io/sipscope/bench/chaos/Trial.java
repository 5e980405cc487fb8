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
  private static final Duration SETTLE = Duration.ofSeconds(30);
  /// Dialogs that are read in the end besides those of the ledger.
  private static final int SAMPLE = 1_000;

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
      awaitMore(ledger, checked);
      if (fault.endsNode()) {
        storedBefore += Injection.counters(node).stored();
      }
      int promised = ledger.size();
      var recovery = injection.inject(fault);
      afterwards(fault);
      report.add(recovery, check.check(ledger.between(checked, promised)));
      checked = promised;
    }
    traffic.end();
    var counters = settled("in the end");
    var sought = SearchCheck.of(node);
    var promises = ledger.between(0, ledger.size());
    return new Outcome(
        check.check(promises),
        sought,
        sought.missing(promises),
        check.damaged(sought.sample(SAMPLE, random)),
        storedBefore + counters.stored());
  }

  /// A fault before anything was acknowledged would prove nothing.
  private static void awaitMore(Ledger ledger, int checked) throws InterruptedException {
    long end = System.nanoTime() + SETTLE.toNanos();
    while (ledger.size() == checked && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /// A node that only lost its database for a while has to have everything it was sent.
  private void afterwards(Fault fault) throws IOException, InterruptedException {
    if (fault.endsNode()) {
      traffic.nodeIsNew();
    } else if (!node.isAlive()) {
      complaints.add(fault.text() + ": the process of the node ended");
    } else {
      traffic.rest();
      if (traffic.isHepBroken()) {
        complaints.add(fault.text() + ": the node hung up on its HEP agent");
      }
      settled(fault.text());
      traffic.goOn();
    }
  }

  /// Waits until everything that was sent has arrived and is stored, and adds up.
  private Counters settled(String when) throws IOException, InterruptedException {
    long end = System.nanoTime() + SETTLE.toNanos();
    var last = Injection.counters(node);
    while (System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      var now = Injection.counters(node);
      boolean still = now.received() == last.received() && now.inFlight() == 0;
      last = now;
      if (still && traffic.isAnswered() && traffic.sent().orElse(0) <= now.received()) {
        break;
      }
    }
    if (last.inFlight() > 0) {
      complaints.add(when + ": " + last.inFlight() + " messages in flight are not stored");
    }
    last.complaints(traffic.sent()).forEach(each -> complaints.add(when + ": " + each));
    return last;
  }
}
