package io.sipscope.persistence.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.ManualNode;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.notes.Note;
import io.sipscope.persistence.notes.NotesOfTests;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.SessionMeasures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On a node that is the oldest, by a clock that the test moves.
class AlertsTest {
  /// Of any rule: the first ones, and when the node is told of itself.
  private static final int FIRST_READS = 3;

  private final ManualNode node = new ManualNode();
  private final Counters counters = new Counters();
  private final NotesOfTests notes = new NotesOfTests();
  private final AlertBook book =
      Alerts.start(
          notes,
          new Alerts.Surroundings(
              ClusterStatistics.alone(counters),
              new SessionMeasures(),
              new Events(new EventNames(List.of()), (_, _) -> {}, counters, () -> 0),
              () -> 0,
              () -> true),
          node.kit()::spawn);

  @AfterEach
  void stop() {
    node.close();
  }

  private void awaitPhase(AlertState.Phase phase) {
    node.eventually(
        () -> {
          var alerts = book.alerts().toCompletableFuture().join();
          assertEquals(
              List.of(phase), alerts.stream().map(alert -> alert.state().phase()).toList());
        });
  }

  private static AlertRule rule(double bound) {
    return new AlertRule("a", "ingest:received", false, true, bound, 0, Optional.empty());
  }

  @Test
  void theStoreIsReadWhenARuleChangesAndNotEverySecond() {
    counters.counter("ingest", "received").add(5);
    node.secondsPass(20);
    assertTrue(notes.reads() <= FIRST_READS, () -> notes.reads() + " reads");
    book.put(rule(1)).toCompletableFuture().join();
    awaitPhase(AlertState.Phase.RAISED);
    book.put(rule(9)).toCompletableFuture().join();
    awaitPhase(AlertState.Phase.OK);
  }

  @Test
  void aStoreThatIsAwayIsAskedAgain() {
    notes.keep(new Note("alert", "a", 1, rule(1).text()));
    counters.counter("ingest", "received").add(5);
    notes.isAway(true);
    node.secondsPass(5);
    notes.isAway(false);
    awaitPhase(AlertState.Phase.RAISED);
  }
}
