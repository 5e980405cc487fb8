package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Nanos;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Encoder;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of the module `dialog`, of calls that a node observes at a proxy.
class ObservedCallsIT {
  private static final Endpoint CALLER = Endpoint.parse("192.0.2.10:5060").orElseThrow();
  private static final Endpoint PROXY = Endpoint.parse("192.0.2.1:5060").orElseThrow();
  private static final Endpoint CALLEE = Endpoint.parse("198.51.100.7:5070").orElseThrow();

  private static final String SDP = "v=0\r\no=- 1 1 IN IP4 192.0.2.10\r\ns=-\r\n";

  private static final String OK_HEADERS =
      """
      Contact: <sip:bob@198.51.100.7:5070>
      Record-Route: <sip:p1;lr>, <sip:p2;lr>
      Session-Expires: 1800;refresher=uac
      Content-Type: application/sdp
      """;

  private static TestNode node;
  private static Mi mi;
  private static long time;

  @BeforeAll
  static void start(@TempDir Path folder) {
    node =
        TestNode.start(
            "sipscope.data-dir = \""
                + folder
                + "\"\nsipscope.trunks { carrier = [\"198.51.100.0/24\"] }");
    mi = new Mi(node);
    time = Nanos.of(Instant.now());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void send(String sip, Endpoint from, Endpoint to) throws IOException {
    time += 1_000_000;
    var packet =
        new Hep.Packet(
            3,
            17,
            Transport.UDP,
            from,
            to,
            OptionalLong.of(time),
            Hep.Packet.SIP,
            new Agent(1, ""),
            "",
            "",
            Bytes.of(sip),
            List.of());
    node.sendUdp(Hep3Encoder.encode(packet).toArray());
  }

  private static String message(
      String first, String callId, String toTag, String cseq, String more, String body) {
    return (first
            + "\nVia: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK"
            + callId
            + cseq.replace(' ', 'x')
            + "\nFrom: \"Alice\" <sip:alice@example.com>;tag=a1\nTo: <sip:bob@example.net>"
            + (toTag.isEmpty() ? "" : ";tag=" + toTag)
            + "\nCall-ID: "
            + callId
            + "\nCSeq: "
            + cseq
            + "\n"
            + more
            + "Content-Length: "
            + body.length()
            + "\n\n")
        .replace("\n", "\r\n")
        .concat(body);
  }

  private static void invite(String callId) throws IOException {
    var sdp = "Content-Type: application/sdp\n";
    var contact = "Contact: \"A\" <sip:alice@192.0.2.10:5060>\n";
    send(
        message("INVITE sip:bob@example.net SIP/2.0", callId, "", "1 INVITE", contact + sdp, SDP),
        CALLER,
        PROXY);
  }

  private static void answer(String callId, String status, String more, String body)
      throws IOException {
    send(message("SIP/2.0 " + status, callId, "b1", "1 INVITE", more, body), CALLEE, PROXY);
  }

  private static void ok(String callId) throws IOException {
    answer(callId, "200 OK", OK_HEADERS, SDP);
  }

  private static void ask(String callId, String method, int cseq) throws IOException {
    var first = method + " sip:bob@198.51.100.7:5070 SIP/2.0";
    send(message(first, callId, "b1", cseq + " " + method, "", ""), CALLER, PROXY);
  }

  private static JsonNode awaitState(String callId, int state) {
    return NodeApi.eventually(
        () -> {
          var call =
              mi.answer("dlg_list", "{\"callid\":\"" + callId + "\"}")
                  .path("result")
                  .path("Dialog");
          assertEquals(state, call.path("state").asInt(), call::toString);
          return call;
        });
  }

  @Test
  void aCallGoesThroughTheStatesOfADialogWithAllThatIsKnownOfIt() throws Exception {
    invite("states@x");
    var call = awaitState("states@x", 1);
    assertEquals(0, call.path("timestart").asLong());
    assertTrue(call.path("datestart").isMissingNode());
    answer("states@x", "180 Ringing", "Contact: <sip:bob@198.51.100.7:5070>\n", "");
    awaitState("states@x", 2);
    ok("states@x");
    long answered = time / 1_000_000_000;
    awaitState("states@x", 3);
    ask("states@x", "ACK", 1);
    ask("states@x", "INFO", 2);
    call =
        NodeApi.eventually(
            () -> {
              var known = awaitState("states@x", 4);
              assertEquals("2", known.path("CALLEES").path(0).path("caller_cseq").asText());
              return known;
            });
    assertEquals(answered, call.path("timestart").asLong());
    assertEquals(answered + 1_800, call.path("timeout").asLong());
    assertTrue(call.path("ID").asText().matches("[0-9a-f]{1,3}\\.[0-9a-f]{1,8}"), call::toString);
    assertEquals("sip:alice@example.com", call.path("from_uri").asText());
    assertEquals("sip:bob@example.net", call.path("to_uri").asText());
    assertEquals("a1", call.path("caller_tag").asText());
    assertEquals("sip:alice@192.0.2.10:5060", call.path("caller_contact").asText());
    assertEquals("0", call.path("callee_cseq").asText());
    assertEquals("udp:192.0.2.1:5060", call.path("caller_bind_addr").asText());
    assertEquals(SDP, call.path("caller_sdp").asText());
    assertEquals(
        "{\"callee_tag\":\"b1\",\"callee_contact\":\"sip:bob@198.51.100.7:5070\","
            + "\"caller_cseq\":\"2\",\"callee_route_set\":\"<sip:p2;lr>,<sip:p1;lr>\","
            + "\"callee_bind_addr\":\"udp:192.0.2.1:5060\",\"callee_sdp\":"
            + "\"v=0\\r\\no=- 1 1 IN IP4 192.0.2.10\\r\\ns=-\\r\\n\"}",
        call.path("CALLEES").path(0).toString());
    assertEquals(
        "{\"profiles\":[{\"trunk\":\"carrier\"}]}",
        mi.answer("dlg_list_ctx", "{\"callid\":\"states@x\",\"from_tag\":\"a1\"}")
            .path("result")
            .path("Dialog")
            .path("context")
            .toString());
    assertEquals(
        "{\"code\":403,\"message\":\"Operation failed\"}",
        mi.error("dlg_end_dlg", "[\"" + call.path("ID").asText() + "\"]"));
    ask("states@x", "BYE", 3);
    NodeApi.eventually(
        () -> {
          assertEquals(
              "{\"code\":404,\"message\":\"No such dialog\"}",
              mi.error("dlg_list", "{\"callid\":\"states@x\"}"));
          return null;
        });
    assertEquals(
        "{\"code\":404,\"message\":\"Requested Dialog not found\"}",
        mi.error("dlg_end_dlg", "[\"nobody\"]"));
  }

  @Test
  void whoSubscribedIsToldOfEveryState() throws Exception {
    try (var socket = subscriber()) {
      invite("told@x");
      awaitState("told@x", 1);
      answer("told@x", "180 Ringing", "", "");
      var id = awaitState("told@x", 2).path("ID").asText();
      assertTrue(told(socket, "told@x").contains("\"id\":\"" + id + "\""));
      ok("told@x");
      assertTrue(told(socket, "told@x").endsWith("\"old_state\":2,\"new_state\":3}}"));
      ask("told@x", "ACK", 1);
      assertTrue(told(socket, "told@x").endsWith("\"old_state\":3,\"new_state\":4}}"));
      ask("told@x", "BYE", 2);
      assertTrue(told(socket, "told@x").endsWith("\"old_state\":4,\"new_state\":5}}"));
    }
  }

  @Test
  void whoSubscribedMissesNoStateOfACallThatIsHeardAllAtOnce() throws Exception {
    try (var socket = subscriber()) {
      invite("burst@x");
      ok("burst@x");
      ask("burst@x", "ACK", 1);
      ask("burst@x", "BYE", 2);
      for (var step :
          new String[] {"1,\"new_state\":3", "3,\"new_state\":4", "4,\"new_state\":5"}) {
        assertTrue(told(socket, "burst@x").endsWith("\"old_state\":" + step + "}}"), step);
      }
    }
  }

  private static DatagramSocket subscriber() throws Exception {
    var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(20_000);
    var name = "udp:127.0.0.1:" + socket.getLocalPort();
    mi.result("event_subscribe", "[\"E_DLG_STATE_CHANGED\", \"" + name + "\"]");
    return socket;
  }

  /// The next event of a call; others run meanwhile.
  private static String told(DatagramSocket socket, String callId) throws IOException {
    while (true) {
      var packet = new DatagramPacket(new byte[2_000], 2_000);
      socket.receive(packet);
      var text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
      if (text.contains(callId)) {
        return text;
      }
    }
  }

  @Test
  void aPartOfTheListSaysHowManyThereAre() throws Exception {
    for (int i = 0; i < 5; i++) {
      invite("part-" + i + "@x");
    }
    node.sendUdp(Messages.hep3(Messages.options("no-call"), time));
    NodeApi.eventually(
        () -> {
          var all = mi.answer("dlg_list", "{}").path("result").path("Dialogs");
          var part = mi.answer("dlg_list", "{\"index\":1,\"counter\":2}").path("result");
          assertEquals(all.size(), part.path("count").asInt());
          assertTrue(all.size() >= 5, all::toString);
          assertEquals(2, part.path("Dialogs").size());
          assertEquals("count", part.fieldNames().next());
          assertEquals(all.path(1).path("ID"), part.path("Dialogs").path(0).path("ID"));
          return null;
        });
    assertEquals(
        "{\"code\":-32602,\"message\":\"Invalid params\","
            + "\"data\":\"Command only supports named parameters\"}",
        mi.error("dlg_list", "[0, 2]"));
  }

  @Test
  void aTrunkIsAProfile() throws Exception {
    invite("trunk@x");
    ok("trunk@x");
    awaitState("trunk@x", 3);
    var size =
        mi.answer("profile_get_size", "{\"profile\":\"trunk\",\"value\":\"carrier\"}")
            .path("result")
            .path("Profile");
    assertTrue(size.path("count").asInt() >= 1, size::toString);
    assertEquals("carrier", size.path("value").asText());
    assertEquals("no", size.path("replicated").asText());
    assertEquals(
        "{\"Profile\":{\"name\":\"trunk\",\"value\":\"other\",\"count\":0,"
            + "\"shared\":\"no\",\"replicated\":\"no\"}}",
        mi.result("profile_get_size", "[\"trunk\", \"other\"]"));
    assertEquals(
        "{\"Profiles\":[{\"name\":\"trunk\",\"has value\":true}]}",
        mi.result("list_all_profiles", "{}"));
    assertEquals(
        "carrier",
        mi.answer("profile_get_values", "[\"trunk\"]")
            .path("result")
            .path(0)
            .path("value")
            .asText());
    assertTrue(mi.result("profile_list_dlgs", "[\"trunk\"]").contains("trunk@x"));
    assertEquals(
        "{\"code\":404,\"message\":\"Profile not found\"}",
        mi.error("profile_get_size", "[\"nobody\"]"));
  }
}
