package io.sipscope.persistence.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.notes.Note;
import io.sipscope.persistence.notes.NoteStore;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.SessionMeasures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On a node that is the oldest, by a clock that the test moves.
class AlertsTest {
  /// Of any rule: the first ones, and when the node is told of itself.
  private static final int FIRST_READS = 3;

  private final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(
                  ConfigFactory.parseString(
                      """
                      pekko.actor.provider = cluster
                      pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                      """))
              .withFallback(ConfigFactory.load()));
  private final ManualTime time = ManualTime.get(kit.system());
  private final Counters counters = new Counters();
  private final CountedNotes notes = new CountedNotes();
  private final AlertBook book =
      Alerts.start(
          notes,
          new Alerts.Surroundings(
              ClusterStatistics.alone(counters),
              new SessionMeasures(),
              new Events(new EventNames(List.of()), (_, _) -> {}, counters, () -> 0),
              () -> 0,
              () -> true),
          kit::spawn);

  @AfterEach
  void stop() {
    kit.system().terminate();
    var stopped = kit.system().getWhenTerminated().toCompletableFuture();
    while (!stopped.isDone()) { // it has timers of its own
      secondsPass(1);
      Thread.onSpinWait();
    }
  }

  private static final class CountedNotes implements NoteStore {
    private final Map<String, Note> notes = new ConcurrentSkipListMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean isAway;

    @Override
    public CompletionStage<List<Note>> read(String kind) {
      reads.incrementAndGet();
      return isAway
          ? CompletableFuture.failedStage(new IllegalStateException("away"))
          : CompletableFuture.completedStage(List.copyOf(notes.values()));
    }

    @Override
    public CompletionStage<Done> keep(Note note) {
      notes.put(note.name(), note);
      return CompletableFuture.completedStage(Done.getInstance());
    }

    @Override
    public CompletionStage<Done> forget(String kind, String name, long written) {
      notes.remove(name);
      return CompletableFuture.completedStage(Done.getInstance());
    }
  }

  private void secondsPass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      time.timePasses(Duration.ofSeconds(1));
    }
  }

  private void awaitPhase(AlertState.Phase phase) {
    TestProbe.create(kit.system())
        .awaitAssert(
            () -> {
              secondsPass(1);
              var alerts = book.alerts().toCompletableFuture().join();
              assertEquals(
                  List.of(phase), alerts.stream().map(alert -> alert.state().phase()).toList());
              return alerts;
            });
  }

  private static AlertRule rule(double bound) {
    return new AlertRule("a", "ingest:received", false, true, bound, 0, Optional.empty());
  }

  @Test
  void theStoreIsReadWhenARuleChangesAndNotEverySecond() {
    counters.counter("ingest", "received").add(5);
    secondsPass(20);
    assertTrue(notes.reads.get() <= FIRST_READS, () -> notes.reads + " reads");
    book.put(rule(1)).toCompletableFuture().join();
    awaitPhase(AlertState.Phase.RAISED);
    book.put(rule(9)).toCompletableFuture().join();
    awaitPhase(AlertState.Phase.OK);
  }

  @Test
  void aStoreThatIsAwayIsAskedAgain() {
    notes.notes.put("a", new Note("alert", "a", 1, rule(1).text()));
    counters.counter("ingest", "received").add(5);
    notes.isAway = true;
    secondsPass(5);
    notes.isAway = false;
    awaitPhase(AlertState.Phase.RAISED);
  }
}
