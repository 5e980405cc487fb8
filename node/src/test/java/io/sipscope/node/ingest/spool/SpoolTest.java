package io.sipscope.node.ingest.spool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.NodeApi;
import io.sipscope.node.ingest.Arrival;
import io.sipscope.node.ingest.Batch;
import io.sipscope.node.ingest.IngestCounters;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Origin;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.protocol.dialog.Seen;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration AFTER = Duration.ofMillis(200);
  private static final long ROOM = 10L << 20;

  @TempDir private Path folder;
  private Counters counters = new Counters();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /// What stands behind the spool: takes a batch when the test says so.
  private record Taker(Spool spool, CompletionStage<Done> ended, SinkQueueWithCancel<Batch> queue) {
    List<Arrival> take() throws Exception {
      var batch = queue.pull().toCompletableFuture().get(10, SECONDS);
      return batch.map(Batch::arrivals).orElse(List.of());
    }

    List<Arrival> take(int messages) throws Exception {
      var taken = new ArrayList<Arrival>();
      while (taken.size() < messages) {
        taken.addAll(take());
      }
      return taken;
    }
  }

  private Taker run(long bytes, Source<Batch, ?> batches) {
    var spool =
        new Spool(
            new SpoolSettings(folder.resolve("spool"), bytes, AFTER), new IngestCounters(counters));
    var run =
        batches
            .via(spool)
            .watchTermination((_, ended) -> ended)
            .toMat(Sink.<Batch>queue().withAttributes(Attributes.inputBuffer(1, 1)), Keep.both())
            .run(KIT.system());
    return new Taker(spool, run.first(), run.second());
  }

  private static Batch batch(int number) {
    var capture =
        Messages.capture(
            Messages.options("call-" + number % 3, number),
            number,
            "10.0.0.1:5060",
            "10.0.0.2:5060");
    return new Batch(List.of(new Arrival("call-" + number % 3, capture, Origin.NOBODY)));
  }

  private static Source<Batch, ?> batches(int count) {
    return Source.range(1, count).map(SpoolTest::batch).concat(Source.maybe());
  }

  /// The number each message was made with.
  private static List<Long> numbers(List<Arrival> arrivals) {
    return arrivals.stream().map(arrival -> arrival.capture().time()).toList();
  }

  private static List<Long> upTo(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Long::valueOf).toList();
  }

  private static void store(List<Arrival> arrivals) {
    arrivals.forEach(arrival -> arrival.origin().stored(Seen.FIRST));
  }

  private long count(String name) {
    return counters.read().getOrDefault(new StatisticName("ingest", name), 0L);
  }

  private void eventually(String name, long wanted) {
    NodeApi.eventually(
        () -> {
          assertEquals(wanted, count(name), name);
          return wanted;
        });
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(folder.resolve("spool"))) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
  }

  @Test
  void whatIsTakenInTimeSeesNoDisk() throws Exception {
    var taker = run(ROOM, batches(1_000).throttle(2_000, Duration.ofSeconds(1)));
    assertEquals(upTo(1_000), numbers(taker.take(1_000)));
    assertEquals(0, count("spooled"));
    assertFalse(Files.exists(folder.resolve("spool")));
  }

  @Test
  void aStoreThatIsSlowButTakesIsNotSpooledFor() throws Exception {
    var taker = run(ROOM, batches(1_000));
    for (int i = 1; i <= 10; i++) {
      assertEquals(List.of((long) i), numbers(taker.take()));
      LockSupport.parkNanos(AFTER.toNanos() / 2);
    }
    assertEquals(0, count("spooled"));
  }

  @Test
  void whatCameWhileNothingWasTakenComesOutInItsOrderAndLeavesNoFile() throws Exception {
    var taker = run(ROOM, batches(5_000));
    eventually("spooled", 5_000 - HELD);
    assertTrue(taker.spool().bytes() > 0);
    var taken = taker.take(5_000);
    assertEquals(upTo(5_000), numbers(taken));
    assertEquals(batch(4_999).arrivals().getFirst().capture(), taken.get(4_998).capture());
    assertEquals(1, segments().size());
    store(taken);
    eventually("spool_bytes", 0);
    assertEquals(List.of(), segments());
    assertEquals(5_000 - HELD, count("unspooled"));
  }

  /// Batches that were taken before all else: by the queue behind the spool.
  private static final int HELD = 1;

  @Test
  void aFullSpoolAsksForNoMoreUntilSomethingIsStored() throws Exception {
    var asked = new AtomicInteger();
    var taker = run(64 << 10, batches(5_000).wireTap(_ -> asked.incrementAndGet()));
    NodeApi.eventually(
        () -> {
          assertTrue(count("spool_bytes") >= 60 << 10);
          return true;
        });
    long before = asked.get();
    assertTrue(before < 1_000, "asked for " + before);
    var taken = new ArrayList<Long>();
    while (taken.size() < 5_000) {
      var some = taker.take();
      taken.addAll(numbers(some));
      store(some);
    }
    assertEquals(upTo(5_000), taken);
    assertTrue(count("spool_bytes") <= 2 * (64 << 10) + (4 << 20));
  }

  @Test
  void aDiskThatTakesNothingIsGoneOnWithout() throws Exception {
    Files.writeString(folder.resolve("spool"), "a file where the folder should be");
    var taker = run(ROOM, batches(100));
    NodeApi.eventually(
        () -> {
          assertTrue(count("spool_failures") > 0);
          return true;
        });
    assertEquals(upTo(100), numbers(taker.take(100)));
    assertEquals(0, count("spooled"));
  }

  @Test
  void whatAKilledProcessLeftComesOutFirstUpToTheLastWholeRecord() throws Exception {
    var killed = run(ROOM, batches(1_000));
    eventually("spooled", 1_000 - HELD);
    killed.spool().close();
    NodeApi.eventually(this::cutTheLastRecord);
    counters = new Counters();
    var taker = run(ROOM, Source.<Batch>single(batch(2_000)).concat(Source.maybe()));
    var taken = taker.take(1_000 - HELD - 1 + 1);
    var wanted = new ArrayList<>(upTo(999).subList(HELD, 999));
    wanted.add(2_000L);
    assertEquals(wanted, numbers(taken));
    assertEquals(1_000 - HELD - 1, count("received"));
    store(taken);
    eventually("spool_bytes", 0);
  }

  private boolean cutTheLastRecord() throws IOException {
    try (var file = FileChannel.open(segments().getLast(), StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 1);
      return true;
    }
  }

  @Test
  void aFolderThatAnotherNodeUsesIsLeftAlone() throws Exception {
    var first = run(ROOM, batches(100));
    eventually("spooled", 100 - HELD);
    var others = counters;
    counters = new Counters();
    var second = run(ROOM, batches(50));
    assertEquals(upTo(50), numbers(second.take(50)));
    assertTrue(count("spool_failures") > 0);
    assertEquals(0, count("received"));
    counters = others;
    assertEquals(upTo(100), numbers(first.take(100)));
  }

  @Test
  void atTheEndWhatNobodyTakesStaysOnTheDisk() throws Exception {
    var taker = run(ROOM, Source.range(1, 10).map(SpoolTest::batch));
    eventually("spooled", 10 - HELD);
    taker.ended().toCompletableFuture().get(10, SECONDS);
    var taken = new ArrayList<Arrival>();
    for (var some = taker.take(); !some.isEmpty(); some = taker.take()) {
      taken.addAll(some);
    }
    assertEquals(upTo(HELD), numbers(taken));
    taker.spool().close();
    counters = new Counters();
    var next = NodeApi.eventually(() -> run(ROOM, Source.maybe()).take(10 - HELD));
    assertEquals(upTo(10).subList(HELD, 10), numbers(next));
  }
}
