package io.sipscope.http.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutlineTest {
  private static final Endpoint SOMEWHERE = Endpoint.parse("192.0.2.1:5060").orElseThrow();

  private final Outline outline = new Outline("a");

  @Test
  void aMessageSeenOnTwoHopsIsOneBarAndOneSentTwiceIsTwo() {
    outline
        .add(rung("INVITE sip:b@h SIP/2.0", 1, "INVITE", "a", "", false))
        .add(rung("INVITE sip:b@h SIP/2.0", 1, "INVITE", "a", "", false))
        .add(rung("INVITE sip:b@h SIP/2.0", 1, "INVITE", "a", "", true));
    assertEquals("^INVITE ^INVITE*", drawn());
  }

  @Test
  void aRequestWithinTheCallIsTheCalleesWhereItsFromTagIsNotTheCallers() {
    outline
        .add(rung("INVITE sip:b@h SIP/2.0", 1, "INVITE", "a", "", false))
        .add(rung("SIP/2.0 200 OK", 1, "INVITE", "a", "b", false))
        .add(rung("BYE sip:a@h SIP/2.0", 1, "BYE", "b", "a", false))
        .add(rung("SIP/2.0 200 OK", 1, "BYE", "b", "a", false));
    assertEquals("^INVITE _200 _BYE ^200", drawn());
  }

  @Test
  void noMoreBarsAreKeptThanHaveRoom() {
    for (int i = 0; i < 1_000; i++) {
      outline.add(rung("INFO sip:b@h SIP/2.0", i, "INFO", "a", "b", false));
    }
    assertEquals(Outline.MAX_BARS, outline.bars().size());
  }

  private String drawn() {
    return outline.bars().stream()
        .map(
            bar ->
                (bar.byCaller() ? "^" : "_")
                    + (bar.method() == null ? bar.status() : bar.method())
                    + (bar.retransmission() ? "*" : ""))
        .collect(Collectors.joining(" "));
  }

  private static Rung rung(
      String start, int cseq, String method, String fromTag, String toTag, boolean repeated) {
    var sip =
        Bytes.of(
            """
            %s
            Via: SIP/2.0/UDP h;branch=z9hG4bK1
            From: <sip:x@h>;tag=%s
            To: <sip:y@h>%s
            Call-ID: c
            CSeq: %d %s
            Content-Length: 0

            """
                .formatted(start, fromTag, toTag.isEmpty() ? "" : ";tag=" + toTag, cseq, method)
                .replace("\n", "\r\n"));
    var capture =
        new Capture(1, 1, Transport.UDP, SOMEWHERE, SOMEWHERE, Agent.NONE, "", SourceKind.HEP, sip);
    return new Rung(1, capture, (SipMessage) SipParser.parse(sip), repeated);
  }
}
