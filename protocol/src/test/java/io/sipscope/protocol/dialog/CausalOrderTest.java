package io.sipscope.protocol.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CausalOrderTest {
  private static final String CALL =
      """
      alice > proxy : INVITE 1 branch=b1
      proxy > bob : INVITE 1 branch=b2 vias=2
      proxy > alice : 100 INVITE 1 branch=b1
      bob > proxy : 180 INVITE 1 branch=b2 vias=2 to=b
      proxy > alice : 180 INVITE 1 branch=b1 to=b
      bob > proxy : 200 INVITE 1 branch=b2 vias=2 to=b
      proxy > alice : 200 INVITE 1 branch=b1 to=b
      alice > proxy : ACK 1 branch=b3 to=b
      proxy > bob : ACK 1 branch=b4 vias=2 to=b
      alice > proxy : BYE 2 branch=b5 to=b
      proxy > bob : BYE 2 branch=b6 vias=2 to=b
      bob > proxy : 200 BYE 2 branch=b6 vias=2 to=b
      proxy > alice : 200 BYE 2 branch=b5 to=b
      """;

  @Test
  void packetTimeDecidesWhateverTheOrderOfArrival() {
    var captures = Play.of(CALL);
    assertEquals(captures, sortedAfterShuffling(captures));
  }

  @Test
  void withinOneTickOfTheClockSipDecides() {
    long tick = 1_700_000_000_123_000_000L;
    var captures = Play.of(CALL).stream().map(capture -> Play.at(capture, tick)).toList();
    assertEquals(captures, sortedAfterShuffling(captures));
  }

  @Test
  void aCancelFollowsWhatItCancels() {
    var script =
        """
        alice > bob : INVITE 1
        bob > alice : 180 INVITE 1 to=b
        alice > bob : CANCEL 1 branch=INVITE1
        bob > alice : 200 CANCEL 1 branch=INVITE1
        bob > alice : 487 INVITE 1 to=b
        alice > bob : ACK 1 to=b branch=INVITE1
        """;
    var captures = Play.of(script).stream().map(capture -> Play.at(capture, 1_000_000)).toList();
    assertEquals(captures, sortedAfterShuffling(captures));
  }

  @Test
  void differentMicrosecondsAreDifferentTimes() {
    var response = Play.line("bob > alice : 200 INVITE 1 to=b", 1_000_000_001_000L);
    var late = Play.line("alice > bob : INVITE 1", 1_000_000_002_000L);
    assertEquals(List.of(response, late), sortedAfterShuffling(List.of(late, response)));
  }

  private static List<Capture> sortedAfterShuffling(List<Capture> captures) {
    var shuffled = new ArrayList<>(captures);
    Collections.shuffle(shuffled, new Random(3261));
    var rungs = new ArrayList<Rung>();
    for (var capture : shuffled) {
      var message = (SipMessage) SipParser.parse(capture.sip());
      rungs.add(new Rung(rungs.size() + 1, capture, message, false));
    }
    return CausalOrder.sort(rungs).stream().map(Rung::capture).toList();
  }
}
