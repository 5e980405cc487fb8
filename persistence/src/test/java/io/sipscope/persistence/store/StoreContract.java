package io.sipscope.persistence.store;

import static io.sipscope.persistence.Samples.SECOND;
import static io.sipscope.persistence.Samples.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.DynamicTrace;
import io.sipscope.persistence.trace.RulePolicy;
import io.sipscope.persistence.trace.TraceDestination;
import io.sipscope.persistence.trace.TraceEntry;
import io.sipscope.persistence.trace.TraceFilter;
import io.sipscope.persistence.trace.TraceScope;
import io.sipscope.persistence.trace.TraceSettings;
import io.sipscope.persistence.trace.TraceType;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.persistence.trace.Tracing;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.dialog.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a dialog keeps, whatever the store: the same tests on each.
abstract class StoreContract {
  private static final String CALL = "one|two/three@example.com";
  private static final Capture INVITE = Samples.invite(CALL, 1, 0);
  private static final Capture RINGING = Samples.answer(CALL, 1, "180 Ringing", SECOND);
  private static final Capture BUSY = Samples.answer(CALL, 1, "486 Busy Here", 2 * SECOND);

  private static final String TRACE =
      """
      sipscope.trace.ids = ["[tid]uri=sip:192.0.2.1"]
      sipscope.trace.rules = [{methods = INVITE, trace-id = tid}]
      """;

  private Config config;
  private Node node;

  /// The configuration of a new and empty store.
  abstract Config emptyStore();

  /// Takes from an index what it is written to.
  abstract void breakIndex(Config config);

  /// Undoes [#breakIndex].
  abstract void mendIndex(Config config);

  @BeforeEach
  void start() {
    config = emptyStore();
    node = new Node(config);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void whatIsAcknowledgedIsFoundAndReadBack() {
    var dialog = node.dialog(CALL);
    assertEquals(new Dialog.Ack(1, List.of(Seen.FIRST)), node.observe(dialog, INVITE));
    assertEquals(
        new Dialog.Ack(2, List.of(Seen.FIRST, Seen.FIRST)), node.observe(dialog, RINGING, BUSY));
    var found = node.search(DialogQuery.where().callId(CALL).build());
    assertEquals(1, found.size());
    assertEquals(3, found.getFirst().summary().messages());
    assertEquals(Phase.FAILED, found.getFirst().summary().phase());
    assertEquals(
        List.of(INVITE, RINGING, BUSY),
        node.history(CALL, Long.MAX_VALUE).stream().map(Rung::capture).toList());
  }

  @Test
  void aDialogKnowsItsPastAfterANewStart() {
    var dialog = node.dialog(CALL);
    node.observe(dialog, INVITE, RINGING);
    node.stop(dialog);
    var again = node.dialog(CALL);
    assertEquals(new Dialog.Ack(3, List.of(Seen.FIRST)), node.observe(again, BUSY));
    assertEquals(3, node.describe(again).orElseThrow().summary().messages());
  }

  /// The rest of a transaction or dialog is traced, whatever became of the entity meanwhile.
  @Test
  void aDialogKnowsWhatOfItIsTracedAfterANewStart() {
    var sent = new ArrayList<TracedMessage>();
    var settings =
        TraceSettings.from(
            ConfigFactory.parseString(TRACE).withFallback(ConfigFactory.defaultReference()));
    node.trace(
        new Tracing(settings, RulePolicy.of(settings.rules()), sent::add, _ -> {}, new Counters()));
    var dialog = node.dialog(CALL);
    node.observe(dialog, INVITE);
    node.observe(dialog, INVITE);
    node.stop(dialog);
    node.close();
    node = new Node(config);
    node.trace(
        new Tracing(settings, RulePolicy.of(settings.rules()), sent::add, _ -> {}, new Counters()));
    var again = node.dialog(CALL);
    node.observe(again, RINGING, RINGING);
    node.observe(again, BUSY, INVITE);
    assertEquals(
        List.of(INVITE, RINGING, BUSY), sent.stream().map(TracedMessage::capture).toList());
    assertEquals("INVITE", sent.getLast().method());
  }

  @Test
  void whatIsSwitchedIsKeptAndTheLaterOneCounts() {
    var earlier = new TraceEntry("id:tid", T0, new TraceEntry.Flag(true));
    var later = new TraceEntry("id:tid", T0 + SECOND, new TraceEntry.Flag(false));
    var trace =
        new DynamicTrace(
            "dyn",
            "dyn#2",
            "192.0.2.1:9060",
            new TraceDestination.Hep("192.0.2.1", 9060, TraceDestination.HepTransport.TCP, 3),
            List.of(TraceFilter.of("caller=alice").orElseThrow()),
            TraceScope.DIALOG,
            Set.of(TraceType.SIP),
            T0);
    var running = new TraceEntry("dynamic:dyn#2", T0, new TraceEntry.Running(trace));
    var traces = node.store().traces();
    for (var entry : List.of(earlier, later, running, earlier)) {
      Node.await(traces.keep(entry));
    }
    node.close();
    node = new Node(config);
    assertEquals(Set.of(later, running), Set.copyOf(Node.await(node.store().traces().read())));
    Node.await(node.store().traces().forget(earlier));
    Node.await(node.store().traces().forget(running));
    assertEquals(List.of(later), Node.await(node.store().traces().read()));
  }

  @Test
  void aSightingIsStoredOnceAndAcknowledgedEachTime() {
    var dialog = node.dialog(CALL);
    node.observe(dialog, INVITE);
    assertEquals(List.of(Seen.DUPLICATE), node.observe(dialog, INVITE).seen());
    var later = Samples.invite(CALL, 1, SECOND / 2);
    assertEquals(
        List.of(Seen.DUPLICATE, Seen.RETRANSMISSION), node.observe(dialog, INVITE, later).seen());
    var rungs = node.history(CALL, Long.MAX_VALUE);
    assertEquals(List.of(false, true), rungs.stream().map(Rung::retransmission).toList());
    assertEquals(
        1,
        node.search(DialogQuery.where().callId(CALL).build())
            .getFirst()
            .summary()
            .retransmissions());
  }

  @Test
  void thePastIsReadAsItWasKnownThen() {
    node.observe(node.dialog(CALL), INVITE, RINGING, BUSY);
    assertEquals(2, node.history(CALL, T0 + SECOND + 1_000).size());
    assertEquals(1, node.history(CALL, T0 + SECOND).size());
    assertTrue(node.history(CALL, T0).isEmpty());
    assertTrue(node.history("nobody", Long.MAX_VALUE).isEmpty());
  }

  @Test
  void everythingIsThereAfterTheNodeStartedAnew() {
    node.observe(node.dialog(CALL), INVITE, RINGING);
    node.close();
    node = new Node(config);
    assertEquals(1, node.search(DialogQuery.where().callId(CALL).build()).size());
    assertEquals(2, node.history(CALL, Long.MAX_VALUE).size());
    assertEquals(
        new Dialog.Ack(3, List.of(Seen.DUPLICATE, Seen.FIRST)),
        node.observe(node.dialog(CALL), RINGING, BUSY));
  }

  @Test
  void whatTheIndexDoesNotTakeIsNotInTheJournalEither() {
    breakIndex(config);
    var refused = node.offer(node.dialog(CALL), INVITE);
    node.eventually(() -> assertTrue(node.count("journal", "write_failures") > 0));
    assertTrue(node.history(CALL, Long.MAX_VALUE).isEmpty());
    assertFalse(refused.toCompletableFuture().isDone());
    mendIndex(config);
    assertEquals(new Dialog.Ack(1, List.of(Seen.FIRST)), node.observe(node.dialog(CALL), INVITE));
    assertEquals(1, node.search(DialogQuery.where().callId(CALL).build()).size());
  }

  /// As after a split of the cluster. What a failed write had taken in must not be known to the
  /// dialog that starts anew: it would be acknowledged as a duplicate and never be stored.
  @Test
  void ofTwoWritersOfOneDialogTheOvertakenOneIsNotAcknowledgedAndThenLearns() {
    var one = node.dialog(CALL);
    var other = node.dialog(CALL);
    assertTrue(node.describe(one).isEmpty());
    assertTrue(node.describe(other).isEmpty());
    node.observe(one, INVITE);
    var refused = node.offer(other, RINGING);
    assertEquals(new Dialog.Ack(2, List.of(Seen.FIRST)), node.observe(node.dialog(CALL), RINGING));
    assertFalse(refused.toCompletableFuture().isDone());
    assertEquals(
        List.of(INVITE, RINGING),
        node.history(CALL, Long.MAX_VALUE).stream().map(Rung::capture).toList());
  }

  @Test
  void aLongDialogIsReadInItsOrder() {
    var dialog = node.dialog(CALL);
    for (int i = 0; i < 250; i++) {
      node.observe(dialog, Samples.invite(CALL, i + 1, i * SECOND));
    }
    var seqs = node.history(CALL, Long.MAX_VALUE).stream().map(Rung::seq).toList();
    assertEquals(LongStream.rangeClosed(1, 250).boxed().toList(), seqs);
    assertEquals(250, node.describe(dialog).orElseThrow().summary().messages());
  }

  @Test
  void nobodyIsKnownBeforeTheFirstMessage() {
    var dialog = node.dialog(CALL);
    assertTrue(node.describe(dialog).isEmpty());
    assertEquals(new Dialog.Ack(1, List.of()), node.observe(dialog));
    assertTrue(node.describe(dialog).isEmpty());
    assertEquals(List.of(), node.search(DialogQuery.where().build()));
  }
}
