package io.sipscope.persistence.store;

import static io.sipscope.persistence.Samples.SECOND;
import static io.sipscope.persistence.Samples.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.sipscope.persistence.Queries;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.dialog.Seen;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a dialog keeps, whatever the store: the same tests on each.
abstract class StoreContract {
  private static final String CALL = "one|two/three@example.com";
  private static final Capture INVITE = Samples.invite(CALL, 1, 0);
  private static final Capture RINGING = Samples.answer(CALL, 1, "180 Ringing", SECOND);
  private static final Capture BUSY = Samples.answer(CALL, 1, "486 Busy Here", 2 * SECOND);

  private Config config;
  private Node node;

  /// The configuration of a new and empty store.
  abstract Config emptyStore();

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
    var found = node.search(Queries.query().callId(CALL).build());
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
        node.search(Queries.query().callId(CALL).build()).getFirst().summary().retransmissions());
  }

  @Test
  void thePastIsReadAsItWasKnownThen() {
    node.observe(node.dialog(CALL), INVITE, RINGING, BUSY);
    assertEquals(2, node.history(CALL, T0 + SECOND + 1_000).size());
    assertEquals(1, node.history(CALL, T0 + SECOND).size());
    assertTrue(node.history(CALL, T0).isEmpty());
    assertTrue(node.history("nobody", Long.MAX_VALUE).isEmpty());
  }
}
