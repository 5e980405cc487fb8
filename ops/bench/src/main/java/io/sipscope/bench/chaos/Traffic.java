package io.sipscope.bench.chaos;

import io.sipscope.bench.node.NodeProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// All that a node is sent: HEP, which nobody acknowledges, and imports, which are acknowledged.
final class Traffic {
  /// An importer whose last capture is not acknowledged by then never gets its answer.
  private static final Duration LAST_ANSWER = Duration.ofMinutes(1);

  private final Ledger ledger = new Ledger();
  private final int rate;
  private final NodeProcess node;
  private final HepLoad hep;
  private final List<Importer> importers;
  private final List<Thread> threads = new ArrayList<>();

  /// @param rate HEP messages a second
  /// @param importers side by side
  /// @param run begins every Call-ID
  Traffic(NodeProcess node, int rate, int importers, String run, Complaints complaints) {
    this.node = node;
    this.rate = rate;
    hep = new HepLoad(node.hep(), rate, run + "-hep");
    this.importers =
        IntStream.range(0, importers)
            .mapToObj(i -> new Importer(node, ledger, complaints, run + "-import-" + i))
            .toList();
  }

  /// HEP messages a second.
  int rate() {
    return rate;
  }

  void start() {
    hep.connect();
    importers.forEach(importer -> threads.add(Thread.ofPlatform().daemon().start(importer)));
  }

  /// A node that was started again counts from nothing.
  void nodeIsNew() throws InterruptedException {
    hep.connectAnew();
  }

  /// Sends no more for a while; imports that are under way go on.
  void rest() throws InterruptedException {
    importers.forEach(Importer::rest);
    hep.hangUp();
  }

  /// Whether every import that was begun is acknowledged.
  boolean isAnswered() {
    return importers.stream().noneMatch(Importer::isUnderWay);
  }

  /// Messages sent to the node since it is new, told when it rests; empty when some may not have
  /// reached it.
  OptionalLong sent() {
    var imports =
        importers.stream()
            .map(Importer::sent)
            .filter(sent -> sent.life() == node.starts())
            .toList();
    if (hep.isBroken() || imports.stream().anyMatch(sent -> sent.unanswered() > 0)) {
      return OptionalLong.empty();
    }
    long captures = imports.stream().mapToLong(Importer.Sent::answered).sum();
    return OptionalLong.of(hep.sent() + captures * Importer.MESSAGES);
  }

  void goOn() {
    importers.forEach(Importer::goOn);
    hep.connect();
  }

  /// Whether the node hung up on the HEP agent.
  boolean isHepBroken() {
    return hep.isBroken();
  }

  Ledger ledger() {
    return ledger;
  }

  /// How many captures each importer had acknowledged so far.
  List<Long> acknowledged() {
    return importers.stream().map(Importer::acknowledged).toList();
  }

  /// Whether every capture is acknowledged that was under way when there were so many.
  boolean isPast(List<Long> acknowledged) {
    var now = acknowledged();
    return IntStream.range(0, now.size()).allMatch(i -> now.get(i) > acknowledged.get(i));
  }

  /// Sends no more, and waits for the last answers.
  void end() throws InterruptedException {
    importers.forEach(Importer::stop);
    hep.hangUp();
    long end = System.nanoTime() + LAST_ANSWER.toNanos();
    for (var thread : threads) {
      thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      thread.interrupt();
      thread.join();
    }
  }
}
