package io.sipscope.node.otel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CallTraceTest {
  private static final long START = 1_700_000_000_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final Endpoint ALICE = Endpoint.parse("10.0.0.1:5060").orElseThrow();
  private static final Endpoint PROXY = Endpoint.parse("10.0.0.9:5060").orElseThrow();
  private static final Endpoint BOB = Endpoint.parse("[2001:db8::2]:5062").orElseThrow();

  private final List<Rung> rungs = new ArrayList<>();

  private void heard(
      long at, Endpoint from, Endpoint to, String branch, String cseq, String first) {
    boolean isFirst =
        first.startsWith("INVITE") || (cseq.startsWith("1 ") && first.contains("100"));
    var sip =
        Bytes.of(
            String.join(
                    "\r\n",
                    first,
                    "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK" + branch,
                    "From: <sip:alice@example.com>;tag=a",
                    "To: <sip:bob@example.com>" + (isFirst ? "" : ";tag=b"),
                    "Call-ID: call one",
                    "CSeq: " + cseq,
                    "User-Agent: Phone 1.0")
                + "\r\n\r\n");
    long time = START + at * MILLI;
    var capture =
        new Capture(
            time, time, Transport.UDP, from, to, new Agent(1, "edge"), "", SourceKind.HEP, sip);
    rungs.add(
        new Rung(rungs.size() + 1, capture, (SipMessage) SipParser.parse(sip), /* again */ false));
  }

  private void anAnsweredCall() {
    heard(0, ALICE, PROXY, "1", "1 INVITE", "INVITE sip:bob@example.com SIP/2.0");
    heard(1, PROXY, ALICE, "1", "1 INVITE", "SIP/2.0 100 Trying");
    heard(5, PROXY, BOB, "2", "1 INVITE", "INVITE sip:bob@example.com SIP/2.0");
    heard(50, BOB, PROXY, "2", "1 INVITE", "SIP/2.0 180 Ringing");
    heard(60, PROXY, ALICE, "1", "1 INVITE", "SIP/2.0 180 Ringing");
    heard(1_000, BOB, PROXY, "2", "1 INVITE", "SIP/2.0 200 OK");
    heard(1_010, PROXY, ALICE, "1", "1 INVITE", "SIP/2.0 200 OK");
    heard(1_020, ALICE, PROXY, "3", "1 ACK", "ACK sip:bob@example.com SIP/2.0");
    heard(9_000, ALICE, PROXY, "4", "2 BYE", "BYE sip:bob@example.com SIP/2.0");
    heard(9_030, PROXY, ALICE, "4", "2 BYE", "SIP/2.0 200 OK");
  }

  private static String times(Span span) {
    return span.name() + " " + (span.start() - START) / MILLI + "-" + (span.end() - START) / MILLI;
  }

  private static Map<String, Object> attributes(Span span) {
    var attributes = new TreeMap<String, Object>();
    span.attributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    return attributes;
  }

  @Test
  void anAnsweredCallHasASpanForEachPhaseAndForEachTransactionOnEachHop() {
    anAnsweredCall();
    var spans = CallTrace.of("call one", rungs);
    assertEquals(
        List.of(
            "SIP call 0-9000",
            "setup 0-1000",
            "ringing 50-1000",
            "conversation 1000-9000",
            "INVITE 0-1010",
            "INVITE 5-1000",
            "BYE 9000-9030"),
        spans.stream().map(CallTraceTest::times).toList());
    var root = spans.getFirst();
    assertEquals("", root.parent());
    for (var span : spans.subList(1, spans.size())) {
      assertEquals(root.id(), span.parent(), span::name);
      assertEquals(root.traceId(), span.traceId());
      assertEquals("", span.failure(), span::name);
    }
    assertEquals(spans.size(), spans.stream().map(Span::id).distinct().count());
    var hop = attributes(spans.get(5));
    assertEquals("2001:db8::2", hop.get("server.address"));
    assertEquals(5_062L, hop.get("network.peer.port"));
    assertEquals("10.0.0.9", hop.get("client.address"));
    assertEquals("udp", hop.get("network.transport"));
    assertEquals("ipv6", hop.get("network.type"));
    assertEquals("Phone 1.0", hop.get("user_agent.original"));
    assertEquals(200L, hop.get("sip.response.status_code"));
    assertEquals("call one", attributes(root).get("sip.call_id"));
  }

  @Test
  void theSameDialogIsTheSameTraceWhoeverMakesIt() {
    anAnsweredCall();
    assertEquals(CallTrace.of("call one", rungs), CallTrace.of("call one", rungs));
    assertEquals(CallTrace.idOf("call one"), CallTrace.of("call one", rungs).getFirst().traceId());
    assertNotEquals(CallTrace.idOf("call one"), CallTrace.idOf("call two"));
    assertTrue(CallTrace.idOf("call one").matches("[0-9a-f]{32}"));
  }

  @Test
  void aCallThatFailsIsAnErrorWithItsStatus() {
    heard(0, ALICE, BOB, "1", "1 INVITE", "INVITE sip:bob@example.com SIP/2.0");
    heard(20, BOB, ALICE, "1", "1 INVITE", "SIP/2.0 180 Ringing");
    heard(500, BOB, ALICE, "1", "1 INVITE", "SIP/2.0 503 Service Unavailable");
    heard(510, ALICE, BOB, "1", "1 ACK", "ACK sip:bob@example.com SIP/2.0");
    var spans = CallTrace.of("call one", rungs);
    assertEquals(
        List.of("SIP call 0-500", "setup 0-500", "ringing 20-500", "INVITE 0-500"),
        spans.stream().map(CallTraceTest::times).toList());
    assertTrue(spans.getFirst().isFailed());
    assertEquals("503", attributes(spans.getFirst()).get("error.type"));
    assertTrue(spans.get(1).isFailed());
    assertEquals("503 Service Unavailable", spans.get(3).failure());
    assertEquals(4L, attributes(spans.get(3)).get("sip.messages"), "its ACK belongs to it");
  }

  @Test
  void aChallengeAndACallThatWasGivenUpAreNoErrors() {
    heard(0, ALICE, BOB, "1", "1 INVITE", "INVITE sip:bob@example.com SIP/2.0");
    heard(5, BOB, ALICE, "1", "1 INVITE", "SIP/2.0 407 Proxy Authentication Required");
    heard(20, ALICE, BOB, "2", "2 INVITE", "INVITE sip:bob@example.com SIP/2.0");
    heard(40, BOB, ALICE, "2", "2 INVITE", "SIP/2.0 180 Ringing");
    heard(900, ALICE, BOB, "2", "2 CANCEL", "CANCEL sip:bob@example.com SIP/2.0");
    heard(901, BOB, ALICE, "2", "2 CANCEL", "SIP/2.0 200 OK");
    heard(902, BOB, ALICE, "2", "2 INVITE", "SIP/2.0 487 Request Terminated");
    var spans = CallTrace.of("call one", rungs);
    assertEquals(List.of(), spans.stream().filter(Span::isFailed).toList());
    assertEquals(
        List.of("INVITE 0-5", "INVITE 20-902", "CANCEL 900-901"),
        spans.subList(3, 6).stream().map(CallTraceTest::times).toList());
  }

  @Test
  void aRequestNobodyAnsweredFailedForThatReason() {
    heard(0, ALICE, BOB, "1", "1 OPTIONS", "OPTIONS sip:bob@example.com SIP/2.0");
    var spans = CallTrace.of("call one", rungs);
    assertEquals("SIP OPTIONS", spans.getFirst().name());
    assertEquals("no final answer", spans.getLast().failure());
    assertEquals("timeout", attributes(spans.getLast()).get("error.type"));
  }

  @Test
  void aTraceIsBoundedWhateverTheDialogHas() {
    for (int i = 0; i < 3_000; i++) {
      heard(i, ALICE, BOB, "b" + i, (i + 1) + " OPTIONS", "OPTIONS sip:bob@example.com SIP/2.0");
    }
    assertEquals(501, CallTrace.of("call one", rungs).size());
  }
}
