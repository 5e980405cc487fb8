package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.pcap.PcapngWriter;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The other legs of a call, over HTTP: calls of several legs are imported from one capture file.
class LegsIT {
  private static final long MILLI = 1_000_000L;

  /// 2023-11-14T22:13:20Z
  private static final long TIME = 1_700_000_000_000L;

  private static final String SBC = "203.0.113.5";

  private static final List<Capture> CAPTURES = new ArrayList<>();
  private static TestNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node =
        TestNode.start(
            "sipscope.data-dir = \"" + folder + "\"\nsipscope.legs.headers = [X-Call-ID, P-Leg]");
    chain();
    transfer();
    blindTransfer();
    for (int i = 0; i < 3; i++) {
      long at = i * 20_000L;
      call("again-a" + i, at, "203.0.113.7", SBC, "+4930111111", "+4989222222", "");
      call("again-b" + i, at + 90, SBC, "198.51.100.9", "030111111", "004989222222", "");
    }
    crowd();
    var file = new ByteArrayOutputStream();
    var writer = new PcapngWriter();
    file.writeBytes(writer.start().toArray());
    CAPTURES.forEach(capture -> file.writeBytes(writer.packet(capture).toArray()));
    assertEquals(CAPTURES.size(), node.importCapture(file.toByteArray()).path("messages").asInt());
  }

  /// Three legs, each named by another kind of evidence, and one that has nothing to do with them.
  private static void chain() {
    call("chain-1", 0, "192.0.2.1", "192.0.2.2", "alice", "bob", "");
    call(
        "chain-2",
        40,
        "192.0.2.3",
        "192.0.2.4",
        "x1",
        "x2",
        "X-Call-ID: chain-1\r\nP-Leg: chained-44");
    call("chain-3", 80, "192.0.2.5", "192.0.2.6", "y1", "y2", "P-Leg: chained-44");
    call("chain-not", 80, "192.0.2.7", "192.0.2.8", "z1", "z2", "P-Leg: chained-45");
  }

  private static void transfer() {
    call("consultation", 60_000, "192.0.2.11", "192.0.2.12", "bob", "carol", "");
    call(
        "attended",
        62_000,
        "192.0.2.13",
        "192.0.2.14",
        "alice",
        "carol",
        "Replaces: consultation;to-tag=t-consultation;from-tag=f-consultation");
  }

  private static void blindTransfer() {
    call("blind", 90_000, "192.0.2.21", "192.0.2.22", "alice", "bob", "");
    say(
        91_000,
        "192.0.2.22",
        "192.0.2.21",
        "REFER sip:alice@x SIP/2.0",
        "From: <sip:bob@x>;tag=t-blind\r\nTo: <sip:alice@x>;tag=f-blind",
        "blind",
        "2 REFER",
        "Refer-To: <sip:dave@x>\r\nReferred-By: <sip:bob@x>");
    call(
        "referred",
        91_200,
        "192.0.2.21",
        "192.0.2.24",
        "alice",
        "dave",
        "Referred-By: <sip:bob@x>");
  }

  /// More than 16 legs that all name one.
  private static void crowd() {
    call("crowd", 300_000, "192.0.2.31", "192.0.2.32", "alice", "all", "");
    for (int i = 0; i < 20; i++) {
      call("crowd_b2b-" + i, 300_020, "192.0.2.33", "192.0.2." + (40 + i), "c" + i, "d" + i, "");
    }
  }

  private static void call(
      String callId, long at, String from, String to, String caller, String callee, String more) {
    var parties = "From: <sip:%s@x>;tag=f-%s\r\nTo: <sip:%s@x>".formatted(caller, callId, callee);
    var answered = parties + ";tag=t-" + callId;
    var line = " sip:" + callee + "@x SIP/2.0";
    say(at, from, to, "INVITE" + line, parties, callId, "1 INVITE", more);
    say(at + 300, to, from, "SIP/2.0 200 OK", answered, callId, "1 INVITE", "");
    say(at + 9_000, from, to, "BYE" + line, answered, callId, "2 BYE", "");
    say(at + 9_010, to, from, "SIP/2.0 200 OK", answered, callId, "2 BYE", "");
  }

  private static void say(
      long at,
      String from,
      String to,
      String line,
      String parties,
      String callId,
      String cseq,
      String more) {
    var lines = new ArrayList<String>();
    lines.add(line);
    lines.add("Via: SIP/2.0/UDP " + from + ";branch=z9hG4bK" + callId + cseq.replace(' ', '-'));
    lines.add(parties);
    lines.add("Call-ID: " + callId);
    lines.add("CSeq: " + cseq);
    if (!more.isEmpty()) {
      lines.add(more);
    }
    lines.add("Content-Length: 0");
    long time = (TIME + at) * MILLI;
    CAPTURES.add(
        new Capture(
            time,
            time,
            Transport.UDP,
            Endpoint.parse(from + ":5060").orElseThrow(),
            Endpoint.parse(to + ":5060").orElseThrow(),
            Agent.NONE,
            "",
            SourceKind.PCAP,
            Bytes.of(String.join("\r\n", lines) + "\r\n\r\n")));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static JsonNode legs(String callId) throws Exception {
    return node.json("/api/dialogs/" + callId + "/legs");
  }

  private static List<String> callIds(JsonNode answer) {
    var callIds = new ArrayList<String>();
    answer.path("legs").forEach(leg -> callIds.add(leg.path("callId").asText()));
    return callIds;
  }

  private static List<String> edges(JsonNode answer) {
    var edges = new ArrayList<String>();
    for (var edge : answer.path("edges")) {
      edges.add(
          "%s %s %s %s"
              .formatted(
                  edge.path("a").asText(),
                  edge.path("b").asText(),
                  edge.path("kind").asText(),
                  edge.path("confidence").asText()));
    }
    return edges;
  }

  @Test
  void everyLegOfACallIsReachedFromEveryOther() throws Exception {
    for (var asked : List.of("chain-1", "chain-2", "chain-3")) {
      var answer = legs(asked);
      assertEquals(asked, callIds(answer).getFirst());
      assertEquals(
          List.of("chain-1", "chain-2", "chain-3"), callIds(answer).stream().sorted().toList());
      assertEquals(
          List.of("chain-1 chain-2 x-call-id 0.98", "chain-2 chain-3 header 0.9"), edges(answer));
      assertTrue(answer.path("complete").asBoolean());
    }
  }

  @Test
  void aLegIsADialogWithHowSureItIs() throws Exception {
    var answer = legs("chain-1");
    assertEquals("1.0", answer.path("legs").get(0).path("confidence").asText());
    var third = answer.path("legs").get(2);
    assertEquals("0.882", third.path("confidence").asText());
    assertEquals("INVITE", third.path("method").asText());
    assertEquals("terminated", third.path("phase").asText());
    assertEquals("chain-3", third.path("key").asText());
  }

  @Test
  void anEdgeSaysWhyAndByWhichMessages() throws Exception {
    var edge = legs("chain-1").path("edges").get(0);
    assertEquals("The X-Call-ID of #1 names chain-1.", edge.path("evidence").asText());
    assertEquals("[{\"key\":\"chain-2\",\"seq\":1}]", edge.path("messages").toString());
  }

  @Test
  void anAttendedTransferIsJoinedToItsConsultation() throws Exception {
    assertEquals(List.of("consultation attended replaces 0.99"), edges(legs("attended")));
    assertEquals(List.of("consultation attended replaces 0.99"), edges(legs("consultation")));
  }

  @Test
  void aBlindTransferIsJoinedToTheCallThatAskedForIt() throws Exception {
    assertEquals(List.of("blind referred refer 0.95"), edges(legs("blind")));
    assertEquals(List.of("blind referred refer 0.95"), edges(legs("referred")));
  }

  /// The golden case: repeated calls of the same two within a minute through one SBC.
  @Test
  void repeatedCallsOfTheSameTwoAreNotJoined() throws Exception {
    for (int i = 0; i < 3; i++) {
      var joined = List.of("again-a" + i + " again-b" + i + " proximity 0.7");
      assertEquals(joined, edges(legs("again-a" + i)));
      assertEquals(joined, edges(legs("again-b" + i)));
      assertEquals(List.of("again-a" + i, "again-b" + i), callIds(legs("again-a" + i)));
    }
  }

  @Test
  void aCallWithoutOtherLegsIsItsOnlyOne() throws Exception {
    var answer = legs("chain-not");
    assertEquals(List.of("chain-not"), callIds(answer));
    assertEquals(0, answer.path("edges").size());
    assertTrue(answer.path("complete").asBoolean());
  }

  @Test
  void moreLegsThanAreShownAreSaid() throws Exception {
    var answer = legs("crowd");
    assertEquals(16, answer.path("legs").size());
    assertFalse(answer.path("complete").asBoolean());
    assertEquals("[\"The call has more than 16 legs.\"]", answer.path("missing").toString());
  }

  @Test
  void anUnknownDialogAndAnUnknownParameterAreRefused() throws Exception {
    assertEquals(404, node.get("/api/dialogs/nobody/legs").statusCode());
    assertEquals(400, node.get("/api/dialogs/chain-1/legs?depth=3").statusCode());
  }
}
