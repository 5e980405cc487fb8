package io.sipscope.protocol.dialog;

import static io.sipscope.protocol.dialog.Play.SECOND;
import static io.sipscope.protocol.dialog.Seen.DUPLICATE;
import static io.sipscope.protocol.dialog.Seen.FIRST;
import static io.sipscope.protocol.dialog.Seen.RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final Capture INVITE = Play.line("alice > bob : INVITE 1", SECOND);

  @Test
  void theSameSightingIsStoredOnce() {
    var conversation = new Conversation();
    assertEquals(FIRST, conversation.observe(INVITE));
    assertEquals(DUPLICATE, conversation.observe(INVITE));
    assertEquals(1, conversation.messages());
  }

  @Test
  void theSameBytesLaterAreARetransmission() {
    var conversation = Play.played(List.of(INVITE));
    assertEquals(RETRANSMISSION, conversation.observe(Play.at(INVITE, 2 * SECOND)));
    assertEquals(DUPLICATE, conversation.observe(Play.at(INVITE, 2 * SECOND)));
    assertEquals(1, conversation.summary().retransmissions());
    assertEquals(2, conversation.summary().messages());
  }

  @Test
  void theSameBytesBetweenOthersAreAnotherMessage() {
    var conversation = Play.played(List.of(INVITE));
    assertEquals(FIRST, conversation.observe(Play.line("alice > proxy : INVITE 1", SECOND)));
  }

  @Test
  void aSecondAgentsCopyIsNoRetransmission() {
    var conversation = new Conversation();
    var second = new Agent(2002, "");
    assertEquals(FIRST, conversation.observe(Play.by(INVITE, new Agent(2001, ""))));
    assertEquals(FIRST, conversation.observe(Play.by(Play.at(INVITE, SECOND + 9), second)));
    assertEquals(
        RETRANSMISSION, conversation.observe(Play.by(Play.at(INVITE, 2 * SECOND), second)));
    assertEquals(List.of(new Agent(2001, ""), second), conversation.summary().agents());
  }

  @Test
  void agentsAreToldApartByTheirNamesToo() {
    var conversation = Play.played(List.of(Play.by(INVITE, new Agent(0, "edge"))));
    var copy = Play.by(Play.at(INVITE, SECOND + 9), new Agent(0, "core"));
    assertEquals(FIRST, conversation.observe(copy));
  }

  @Test
  void theMessagesOfABurstAreToldApartToo() {
    var conversation = Play.played(List.of(INVITE));
    var again = Play.at(INVITE, 2 * SECOND);
    var bye = Play.line("alice > bob : BYE 2 to=b", 3 * SECOND);
    assertEquals(
        List.of(DUPLICATE, RETRANSMISSION, DUPLICATE, FIRST, DUPLICATE, RETRANSMISSION),
        Stream.of(INVITE, again, again, bye, bye, Play.at(bye, 4 * SECOND))
            .map(conversation::observe)
            .toList());
    assertEquals(4, conversation.messages());
  }

  @Test
  void aHundredThousandMessagesAreAllKnownAgain() {
    var captures = new ArrayList<Capture>();
    for (int i = 0; i < 100_000; i++) {
      captures.add(Play.line("alice > bob : INFO " + (i / 2) + " to=b", i + 1L));
    }
    Collections.shuffle(captures, new Random(3261));
    var conversation = Play.played(captures);
    Collections.shuffle(captures, new Random(4475));
    captures.forEach(capture -> assertEquals(DUPLICATE, conversation.observe(capture)));
    assertEquals(100_000, conversation.messages());
    assertEquals(50_000, conversation.summary().retransmissions());
  }

  @Test
  void theLatestMessagesAreKnownHoweverManyThereWere() {
    long many = 3L * Sightings.MAX_GENERATION;
    var sightings = new Sightings();
    for (long i = 1; i <= many; i++) {
      sightings.add(new Fingerprint(2 * i, 2 * i + 1));
    }
    assertEquals(DUPLICATE, sightings.seen(new Fingerprint(2 * many, 0)));
    long atLeast = many - Sightings.MAX_GENERATION + 1;
    assertEquals(DUPLICATE, sightings.seen(new Fingerprint(2 * atLeast, 0)));
    assertEquals(FIRST, sightings.seen(new Fingerprint(2, 0)));
  }
}
