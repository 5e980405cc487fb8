package io.sipscope.persistence.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.Samples;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.trace.TraceMark;
import io.sipscope.persistence.trace.TraceScope;
import io.sipscope.persistence.wire.NewerVersion;
import io.sipscope.persistence.wire.SipFrames;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.dialog.Seen;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import io.sipscope.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialogWireTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final DialogWire WIRE =
      new DialogWire((ExtendedActorSystem) KIT.system().classicSystem());

  /// Where an event has its frame's dictionary, behind version, packing, magic and descriptor.
  private static final int DICTIONARY = 1 + 1 + 4 + 1;

  private static final Dialog.Observed OBSERVED =
      new Dialog.Observed(
          List.of(
              Samples.invite("a@example.com", 1, 0),
              Samples.capture(
                  "OPTIONS sip:c SIP/2.0\n\n", Samples.CAROL_V6, Samples.ALICE, 1_000_000)));

  /// The same, traced from then on.
  private static final Dialog.Observed MARKED =
      new Dialog.Observed(
          OBSERVED.captures(),
          List.of(
              new TraceMark("tid", 0, TraceScope.DIALOG, "a1", 1, "INVITE", "attributes"),
              new TraceMark("dyn#2", 7, TraceScope.TRANSACTION, "", 0, "OPTIONS", "")),
          Optional.empty());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void everythingThatCrossesNodesComesBackAsItWas() throws Exception {
    var probe = KIT.<Dialog.Ack>createTestProbe();
    var descriptions = KIT.<Dialog.Description>createTestProbe();
    returns(OBSERVED);
    returns(new Dialog.Observe(OBSERVED.captures(), probe.ref()));
    returns(new Dialog.Ack(7, List.of(Seen.FIRST, Seen.RETRANSMISSION, Seen.DUPLICATE)));
    returns(new Dialog.Describe(descriptions.ref()));
    returns(new Dialog.Description(Optional.empty()));
    returns(new Dialog.Description(Optional.of(Samples.row("a@example.com", 5))));
    var summary = Samples.summary("a@example.com", 5);
    returns(new Dialog.Description(Optional.of(new DialogRow("k", summary, "t", "Its event"))));
  }

  @Test
  void liveTrafficComesBackWithItsMessages() throws Exception {
    var capture = OBSERVED.captures().getFirst();
    var message = (SipMessage) SipParser.parse(capture.sip());
    var traffic = new Traffic("k", List.of(new Rung(3, capture, message, true)));
    var back = (Traffic) WIRE.fromBinary(WIRE.toBinary(traffic), WIRE.manifest(traffic));
    assertEquals("k", back.key());
    assertEquals(3, back.rungs().getFirst().seq());
    assertEquals(capture, back.rungs().getFirst().capture());
    assertTrue(back.rungs().getFirst().retransmission());
  }

  /// Each file was written by the first release that had its version, and must be readable for
  /// ever: never write one anew.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void eventsOfEveryVersionAreRead(int version) throws Exception {
    assertEquals(
        version == 3 ? MARKED : OBSERVED,
        WIRE.fromBinary(fixture(version), "dialog.observed/" + version));
  }

  @Test
  void anEventGrowsOnlyWhereSomethingIsTracedFromItOn() throws Exception {
    returns(MARKED);
    assertEquals("dialog.observed/3", WIRE.manifest(MARKED));
    assertEquals("dialog.observed/2", WIRE.manifest(OBSERVED));
  }

  @Test
  void aNewerManifestIsRefusedByName() {
    var refused =
        assertThrows(
            NewerVersion.class,
            () -> WIRE.fromBinary(WIRE.toBinary(OBSERVED), "dialog.observed/4"));
    assertTrue(refused.getMessage().contains("dialog.observed/4"));
    assertTrue(refused.getMessage().contains("dialog.observed/3"));
  }

  @Test
  void anEventOfANewerDictionarySaysSo() {
    var event = WIRE.toBinary(OBSERVED);
    event[DICTIONARY]++;
    var refused =
        assertThrows(NewerVersion.class, () -> WIRE.fromBinary(event, DialogWire.OBSERVED));
    assertEquals("compressed with dictionary 2 (this node has 1 to 1)", refused.getMessage());
  }

  /// A burst of one message that is larger than any reader would decompress.
  @Test
  void aMessageTooLargeToBeCompressedIsKeptAsItIs() throws Exception {
    var huge = "INFO sip:a SIP/2.0\n\n" + "x".repeat(SipFrames.LARGEST);
    var capture = Samples.capture(huge, Samples.ALICE, Samples.BOB, 0);
    var event = new Dialog.Observed(List.of(capture));
    assertTrue(WIRE.toBinary(event).length > SipFrames.LARGEST);
    returns(event);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void damagedEventsAreValuesThatSaySo(int version) throws Exception {
    var mutations = new Mutations(List.of(fixture(version)), new Random(3261));
    int refused = 0;
    for (long i = 0; i < Mutations.INPUTS; i++) {
      try {
        if (WIRE.fromBinary(mutations.next(), "dialog.observed/" + version)
            instanceof Dialog.Unread) {
          refused++;
        }
      } catch (NewerVersion _) {
        refused++;
      }
    }
    assertTrue(refused > Mutations.INPUTS / 10, refused + " refused");
  }

  private static void returns(Object value) throws Unreadable {
    assertEquals(value, WIRE.fromBinary(WIRE.toBinary(value), WIRE.manifest(value)));
  }

  private static byte[] fixture(int version) throws IOException {
    var name = "/dialog/observed-" + version + ".hex";
    try (var in = DialogWireTest.class.getResourceAsStream(name)) {
      return HexFormat.of()
          .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
    }
  }
}
