package io.sipscope.node.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.dialog.Seen;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BurstsTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /// A burst somebody was asked to store, to be answered by the test.
  private record Asked(String key, List<Arrival> arrivals, CompletableFuture<Dialog.Ack> answer) {
    List<String> texts() {
      return arrivals.stream().map(arrival -> arrival.capture().sip().latin1()).toList();
    }

    void store() {
      answer.complete(acknowledged(arrivals));
    }
  }

  private static final class Journal {
    final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    CompletionStage<Dialog.Ack> observe(String key, List<Arrival> arrivals) {
      var question = new Asked(key, arrivals, new CompletableFuture<>());
      asked.add(question);
      return question.answer();
    }

    Asked next() throws InterruptedException {
      var next = asked.poll(10, SECONDS);
      assertTrue(next != null, "nothing was to be stored within 10 s");
      return next;
    }
  }

  @Test
  void messagesOfOneDialogThatComeTogetherAreStoredTogether() throws Exception {
    var journal = new Journal();
    run(settings(SHORT, 64, 1_000), journal, List.of(batch("a:1", "b:1", "a:2", "a:3")));
    var first = journal.next();
    var second = journal.next();
    assertEquals(List.of("a:1", "a:2", "a:3"), first.texts());
    assertEquals(List.of("b:1"), second.texts());
  }

  @Test
  void aFullBurstDoesNotWait() throws Exception {
    var journal = new Journal();
    var open = Source.<Batch>maybe().prepend(Source.single(batch("a:1", "a:2", "a:3")));
    run(settings(LONG, 2, 1_000), journal, open);
    assertEquals(List.of("a:1", "a:2"), journal.next().texts());
  }

  @Test
  void oneBurstOfADialogIsStoredAtATimeAndTheRestFollowsInOneBurst() throws Exception {
    var journal = new Journal();
    var open = Source.<Batch>maybe().prepend(Source.single(batch("a:1", "a:2", "a:3", "a:4")));
    run(settings(SHORT, 2, 1_000), journal, open);
    var first = journal.next();
    assertEquals(List.of("a:1", "a:2"), first.texts());
    assertEquals(
        null, journal.asked.poll(3 * SHORT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS));
    first.store();
    assertEquals(List.of("a:3", "a:4"), journal.next().texts());
  }

  @Test
  void noMoreBytesThanAllowedAreInABurstUnlessOneMessageIsLarger() throws Exception {
    var journal = new Journal();
    var large = "a:" + "x".repeat(5_000);
    var settings = new IngestSettings(SHORT, 64, 2_000, 1_000, 1 << 20, LONG, SHORT, SHORT);
    run(settings, journal, List.of(batch("a:1", "a:2", large, "a:3")));
    var first = journal.next();
    assertEquals(List.of("a:1", "a:2"), first.texts());
    first.store();
    var second = journal.next();
    assertEquals(List.of(large), second.texts());
    second.store();
    assertEquals(List.of("a:3"), journal.next().texts());
  }

  @Test
  void whatCouldNotBeStoredIsOfferedAgainBeforeWhatCameAfterIt() throws Exception {
    var journal = new Journal();
    run(settings(SHORT, 1, 1_000), journal, List.of(batch("a:1", "a:2")));
    var first = journal.next();
    first.answer().completeExceptionally(new IOException("the store is away"));
    var again = journal.next();
    assertEquals(List.of("a:1"), again.texts());
    again.store();
    assertEquals(List.of("a:2"), journal.next().texts());
  }

  @Test
  void asksForNoMoreWhileAllItMayHoldIsHeld() throws Exception {
    var journal = new Journal();
    var pulled = new AtomicInteger();
    var batches =
        Source.range(1, 100).map(i -> batch("k" + i + ":1")).wireTap(_ -> pulled.incrementAndGet());
    var done = run(settings(SHORT, 64, 10), journal, batches);
    var held = new ArrayList<Asked>();
    for (int i = 0; i < 10; i++) {
      held.add(journal.next());
    }
    assertEquals(
        null, journal.asked.poll(3 * SHORT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS));
    assertEquals(10, pulled.get());
    assertFalse(done.toCompletableFuture().isDone());
    held.forEach(Asked::store);
    for (int i = 10; i < 100; i++) {
      journal.next().store();
    }
    done.toCompletableFuture().get(10, SECONDS);
  }

  @Test
  void storesWhatItHoldsBeforeItEnds() throws Exception {
    var journal = new Journal();
    var done = run(settings(LONG, 64, 1_000), journal, List.of(batch("a:1", "b:1")));
    journal.next().store();
    assertFalse(done.toCompletableFuture().isDone());
    journal.next().store();
    done.toCompletableFuture().get(10, SECONDS);
  }

  /// A store that fails every third time, in any order and on any thread, loses nothing and
  /// mixes nothing up.
  @Test
  void everyMessageIsStoredOnceInItsDialogsOrderWhateverFails() throws Exception {
    var random = new Random(3261);
    var stored = Collections.synchronizedMap(new HashMap<String, List<String>>());
    var storing = Collections.synchronizedMap(new HashMap<String, Integer>());
    var settled = Collections.synchronizedList(new ArrayList<String>());
    int keys = 40;
    int messages = 20_000;
    var batches = new ArrayList<Batch>();
    var sent = new HashMap<String, List<String>>();
    for (int i = 0; i < messages; ) {
      var texts = new ArrayList<String>();
      for (int n = random.nextInt(1, 50); n > 0 && i < messages; n--, i++) {
        var key = "k" + random.nextInt(keys);
        texts.add(key + ":" + i);
        sent.computeIfAbsent(key, _ -> new ArrayList<>()).add(key + ":" + i);
      }
      batches.add(batch(texts.toArray(String[]::new)));
    }
    var failures = new Random(5060);
    Source.from(batches)
        .via(
            new Bursts(
                settings(Duration.ofMillis(2), 8, 500),
                (key, arrivals) -> {
                  assertEquals(1, storing.merge(key, 1, Integer::sum), "one burst at a time");
                  return CompletableFuture.supplyAsync(
                      () -> {
                        storing.merge(key, -1, Integer::sum);
                        synchronized (failures) {
                          if (failures.nextInt(3) == 0) {
                            throw new IllegalStateException("the store is away");
                          }
                        }
                        var texts = new Asked(key, arrivals, null).texts();
                        stored.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(texts);
                        return acknowledged(arrivals);
                      });
                },
                _ -> {},
                () -> false))
        .runWith(
            Sink.foreach(
                burst -> burst.arrivals().forEach(a -> settled.add(a.capture().sip().latin1()))),
            KIT.system())
        .toCompletableFuture()
        .get(60, SECONDS);
    assertEquals(sent, stored);
    assertEquals(messages, settled.size());
    assertEquals(Map.of(), onlyRunning(storing));
  }

  private static Map<String, Integer> onlyRunning(Map<String, Integer> storing) {
    var running = new HashMap<>(storing);
    running.values().removeIf(count -> count == 0);
    return running;
  }

  private static CompletionStage<Done> run(
      IngestSettings settings, Journal journal, List<Batch> batches) {
    return run(settings, journal, Source.from(batches));
  }

  private static CompletionStage<Done> run(
      IngestSettings settings, Journal journal, Source<Batch, ?> batches) {
    return batches
        .via(new Bursts(settings, journal::observe, _ -> {}, () -> false))
        .toMat(Sink.ignore(), Keep.right())
        .run(KIT.system());
  }

  private static IngestSettings settings(Duration window, int burst, int held) {
    return new IngestSettings(
        window, burst, 1 << 20, held, 1 << 24, LONG, Duration.ofMillis(10), Duration.ofMillis(40));
  }

  private static Dialog.Ack acknowledged(List<Arrival> arrivals) {
    return new Dialog.Ack(
        1, IntStream.range(0, arrivals.size()).mapToObj(_ -> Seen.FIRST).toList());
  }

  /// Texts of the form `key:text`, each a message of that key.
  private static Batch batch(String... texts) {
    var arrivals = new ArrayList<Arrival>();
    for (var text : texts) {
      arrivals.add(new Arrival(text.substring(0, text.indexOf(':')), capture(text), Origin.NOBODY));
    }
    return new Batch(arrivals);
  }

  private static Capture capture(String text) {
    var endpoint = new Endpoint(IpAddress.v4(0x7f000001), 5060);
    return new Capture(
        1, 1, Transport.UDP, endpoint, endpoint, Agent.NONE, "", SourceKind.HEP, Bytes.of(text));
  }
}
