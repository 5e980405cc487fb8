package io.sipscope.bench.chaos;

import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Load on a node while faults happen to it: after each, what was acknowledged before is asked for
/// again; after the last, everything is.
final class Trial {
  /// An importer whose last capture is not acknowledged by then never gets its answer.
  private static final Duration LAST_ANSWER = Duration.ofMinutes(2);

  private static final Duration SETTLE = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 200;

  private final NodeProcess node;
  private final Injection injection;
  private final Settings settings;
  private final Random random;
  private final Report report;
  private final Complaints complaints;
  private final Ledger ledger = new Ledger();
  private final HepLoad hep;
  private final MessageCheck check;
  private final List<Importer> importers;
  private final List<Thread> threads = new ArrayList<>();

  /// What the node said that it has in its journal, of all its lives but the last.
  private long storedBefore;

  private long acceptedBefore;
  private int unansweredBefore;

  /// @param plan the faults in their order
  /// @param between the longest time of peace before a fault
  /// @param rate HEP messages a second
  /// @param importers that import capture files, side by side
  /// @param run begins every Call-ID
  record Settings(List<Fault> plan, Duration between, int rate, int importers, String run) {}

  Trial(
      NodeProcess node,
      Injection injection,
      Settings settings,
      Random random,
      Report report,
      Complaints complaints) {
    this.node = node;
    this.injection = injection;
    this.settings = settings;
    this.random = random;
    this.report = report;
    this.complaints = complaints;
    hep = new HepLoad(node.hep(), settings.rate(), settings.run() + "-hep");
    check = new MessageCheck(node, complaints);
    importers =
        IntStream.range(0, settings.importers())
            .mapToObj(i -> new Importer(node, ledger, complaints, settings.run() + "-import-" + i))
            .toList();
  }

  /// Leaves the node running and at rest.
  Outcome run() throws IOException, SQLException, InterruptedException {
    hep.connect();
    importers.forEach(importer -> threads.add(Thread.ofPlatform().daemon().start(importer)));
    int checked = 0;
    for (var fault : settings.plan()) {
      TimeUnit.MILLISECONDS.sleep(random.nextLong(settings.between().toMillis()));
      beginsNow(fault);
      int promised = ledger.size();
      var recovery = injection.inject(fault);
      afterwards(fault);
      report.add(recovery, check.check(ledger.between(checked, promised)));
      checked = promised;
    }
    endOfLoad();
    var counters = settled();
    var sought = SearchCheck.of(node);
    var promises = ledger.between(0, ledger.size());
    return new Outcome(
        check.check(promises), sought, sought.missing(promises), storedBefore + counters.stored());
  }

  private void beginsNow(Fault fault) throws IOException, InterruptedException {
    if (fault == Fault.NODE) {
      storedBefore += Injection.counters(node).stored();
    }
  }

  private void afterwards(Fault fault) throws InterruptedException {
    if (fault == Fault.NODE) {
      acceptedBefore = accepted();
      unansweredBefore = unanswered();
      hep.connect();
    } else if (!node.isAlive()) {
      complaints.add(fault.text() + ": the process of the node ended");
    } else if (hep.isBroken()) {
      complaints.add(fault.text() + ": the node hung up on its HEP agent");
      hep.connect();
    }
  }

  private void endOfLoad() throws IOException, InterruptedException {
    importers.forEach(Importer::stop);
    long end = System.nanoTime() + LAST_ANSWER.toNanos();
    for (var thread : threads) {
      thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      thread.interrupt();
      thread.join();
    }
    long sent = hep.end();
    boolean exact = unanswered() == unansweredBefore && !hep.isBroken();
    complaints.addAll(
        settled()
            .complaints(
                exact
                    ? OptionalLong.of(sent + accepted() - acceptedBefore)
                    : OptionalLong.empty()));
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
    complaints.add("not at rest after " + SETTLE + ": " + last);
    return last;
  }

  private long accepted() {
    return importers.stream().mapToLong(Importer::accepted).sum();
  }

  private int unanswered() {
    return importers.stream().mapToInt(Importer::unanswered).sum();
  }
}
