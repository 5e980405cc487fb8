package io.sipscope.persistence.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.ManualNode;
import io.sipscope.persistence.notes.Note;
import io.sipscope.persistence.notes.NotesOfTests;
import io.sipscope.persistence.statistics.Counters;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
  private static final String KEPT = "E_CORE_THRESHOLD udp:127.0.0.1:9";

  /// A node may start while the database is away for a moment.
  @Test
  void whatWasKeptIsReadAsSoonAsTheStoreIsBack() {
    var notes = new NotesOfTests();
    notes.keep(new Note("event-subscription", KEPT, 1, "3600 JSON nobody"));
    notes.isAway(true);
    try (var node = new ManualNode()) {
      var events =
          new Events(new EventNames(List.of()), (_, _) -> {}, new Counters(), () -> 1_000L);
      var subscriptions =
          node.kit().spawn(Subscriptions.create(events, notes, List.of()), "subscriptions");
      node.secondsPass(3);
      notes.isAway(false);
      TestProbe<Subscriptions.All> probe = node.kit().createTestProbe();
      node.eventually(
          () -> {
            subscriptions.tell(new Subscriptions.Read(probe.ref()));
            var known = probe.receiveMessage().subscriptions();
            assertEquals(List.of(KEPT), known.stream().map(Subscription::key).toList());
          });
    }
  }
}
