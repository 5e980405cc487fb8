package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is traced, as OpenSIPS's clients see and change it.
class TraceIT {
  private static final String IDS =
      """
      sipscope.trace.hep-ids = ["[h3] 127.0.0.1:19061;transport=udp"]
      sipscope.trace.ids = [
        "[tid]uri=hep:h3", "[tid]uri=sip:127.0.0.1", "[tid]uri=file:/tmp/unused-trace",
        "[other]uri=mysql://user:secret@127.0.0.1:1/db"
      ]
      """;

  private static final String TID_ON =
      """
      {"name":"tid","type":"HEP","uri":"127.0.0.1:19061","state":"on"},\
      {"name":"tid","type":"SIP","uri":"127.0.0.1:","state":"on"},\
      {"name":"tid","state":"on"}\
      """;

  private static final String OTHER_ON =
      """
      {"name":"other","type":"Database","uri":"mysql://user:***@127.0.0.1:1/db","state":"on"}\
      """;

  private static final String DYNAMIC =
      """
      {"name":"dyn","type":"HEP","uri":"127.0.0.1:19062","state":"dynamic",\
      "filters":[{"ip":"10.0.0.1"},{"callee":"bob@example.com"},{"caller":"alice"}]}\
      """;

  private static final String START =
      """
      {"id":"dyn","uri":"hep:127.0.0.1:19062;transport=udp;version=3",\
      "filter":["Caller=alice","callee=bob@example.com","colour=red","ip=10.0.0.1"]}\
      """;

  private static final String RULE =
      """

      sipscope.store = memory
      sipscope.trace.rules = [{methods = OPTIONS, from-user = alice, trace-id = tid}]
      """;

  @Test
  void commandsAnswerAsOpenSipsDoes() throws Exception {
    try (var node = TestNode.start("sipscope.store = memory\n" + IDS)) {
      var mi = new Mi(node);
      assertEquals(
          "{\"global\":\"on\",\"trace destinations\":[" + TID_ON + "," + OTHER_ON + "]}",
          mi.result("trace", "{}"));
      assertEquals(
          "{\"trace destinations\":[" + TID_ON + "]}",
          mi.result("tracer:trace", "{\"id\":\"tid\"}"));
      assertEquals(
          "{\"code\":400,\"message\":\"Bad trace id value\"}",
          mi.error("trace", "{\"id\":\"nope\"}"));
      assertEquals("\"OK\"", mi.result("trace", "{\"id\":\"tid\",\"mode\":\"OFF\"}"));
      assertEquals(
          "{\"trace destinations\":[" + TID_ON.replace("\"on\"", "\"off\"") + "]}",
          mi.result("trace", "{\"id\":\"tid\"}"));
      assertEquals(
          "{\"code\":400,\"message\":\"Bad parameter value\"}",
          mi.error("trace", "{\"id\":\"nope\",\"mode\":\"on\"}"));
      assertEquals(
          "{\"code\":500,\"message\":\"Bad parameter value\","
              + "\"data\":\"trace mode should be 'on' or 'off'\"}",
          mi.error("trace", "{\"id\":\"nope\",\"mode\":\"x\"}"));
      assertEquals("\"OK\"", mi.result("trace", "{\"mode\":\"off\"}"));
      assertTrue(mi.result("trace", "{}").startsWith("{\"global\":\"off\""));
      assertEquals(
          "Command only supports named parameters",
          mi.answer("trace", "[\"tid\"]").path("error").path("data").asText());
      assertFalse(mi.raw("trace", "{}").contains("secret"));
    }
  }

  @Test
  void dynamicTracesStartAndReallyStop() throws Exception {
    try (var node = TestNode.start("sipscope.store = memory\n" + IDS)) {
      var mi = new Mi(node);
      assertEquals("\"OK\"", mi.result("trace_start", START));
      assertEquals(
          "{\"trace destinations\":[" + DYNAMIC + "]}", mi.result("trace", "{\"id\":\"dyn\"}"));
      assertEquals(
          "{\"code\":500,\"message\":\"Bad parameter value\","
              + "\"data\":\"dynamic trace id already used\"}",
          mi.error("trace_start", START));
      assertEquals(
          "\"trace id already used\"",
          mi.answer("trace_start", "{\"id\":\"tid\",\"uri\":\"hep:127.0.0.1:19061;transport=udp\"}")
              .path("error")
              .path("data")
              .toString());
      assertEquals(
          "{\"code\":406,\"message\":\"DB not acceptable\","
              + "\"data\":\"dynamic DB tracing is not yet available\"}",
          mi.error("trace_start", "{\"id\":\"a\",\"uri\":\"mysql://u:p@h/db\"}"));
      assertEquals(
          "{\"code\":500,\"message\":\"Bad parameter value\","
              + "\"data\":\"error while alocating new hep_id\"}",
          mi.error("trace_start", "{\"id\":\"a\",\"uri\":\"hep:h:1;version=9\"}"));
      assertEquals(
          "{\"code\":-32000,\"message\":\"Server error\","
              + "\"data\":\"Command handler returned null\"}",
          mi.error(
              "trace_start",
              "{\"id\":\"a\",\"uri\":\"sip:h\",\"filter\":[\"ip=1.2.3.4\"],\"scope\":\"x\","
                  + "\"type\":\"sip\"}"));
      assertEquals(
          "\"OK\"",
          mi.result(
              "trace_start",
              "{\"id\":\"panel\",\"uri\":\"hep:127.0.0.1:19063;transport=tcp;version=3\","
                  + "\"filter\":{\"caller\":\"x\",\"ip\":\"1.2.3.4\"}}"));
      assertTrue(
          mi.result("trace", "{\"id\":\"panel\"}")
              .contains("\"filters\":[{\"ip\":\"1.2.3.4\"},{\"caller\":\"x\"}]"));
      assertEquals("\"OK\"", mi.result("trace_stop", "[\"dyn\"]"));
      assertEquals(
          "{\"code\":400,\"message\":\"Bad trace id value\"}",
          mi.error("trace", "{\"id\":\"dyn\"}"));
      assertEquals(
          "{\"code\":400,\"message\":\"Bad parameter value\"}",
          mi.error("trace_stop", "{\"id\":\"dyn\"}"));
      assertTrue(mi.result("trace", "{\"id\":\"panel\"}").contains("panel"));
    }
  }

  @Test
  void theFormOfTwoPointTwoAnswersWithDuplicateKeys() throws Exception {
    try (var node = TestNode.start("sipscope.store = memory\n" + IDS)) {
      var all = node.get("/json/sip_trace").body();
      assertTrue(
          all.startsWith(
              "{\"global\": \"on\", \"tid\": {\"attributes\":{\"type\": \"HEP\", \"uri\":"
                  + " \"127.0.0.1:19061\", \"state\": \"on\"}}, \"tid\": {\"attributes\":{\"type\":"
                  + " \"SIP\", \"uri\": \"127.0.0.1:\", \"state\": \"on\"}},"),
          all);
      assertEquals("", node.get("/json/sip_trace?params=tid,off").body());
      assertTrue(node.get("/json/sip_trace?params=tid").body().contains("\"state\": \"off\""));
      assertEquals(
          "{\"error\": {\"code\": 400, \"message\": \"Bad parameter\"}}",
          node.get("/json/sip_trace?params=tid,maybe").body());
      assertEquals(
          "{\"error\": {\"code\": 400, \"message\": \"Bad parameter\"}}",
          node.get("/json/sip_trace?params=nope").body());
    }
  }

  @Test
  void whatIsSwitchedOutlivesARestart(@TempDir Path folder) throws Exception {
    var settings = "sipscope.store = h2\nsipscope.data-dir = \"" + folder + "\"\n";
    try (var node = TestNode.start(settings + IDS)) {
      var mi = new Mi(node);
      mi.result("trace", "{\"id\":\"tid\",\"mode\":\"off\"}");
      mi.result("trace", "{\"mode\":\"off\"}");
      mi.result("trace_start", START);
      mi.result("trace_start", START.replace("\"dyn\"", "\"gone\""));
      mi.result("trace_stop", "{\"id\":\"gone\"}");
    }
    try (var node = TestNode.start(settings + IDS)) {
      assertEquals(
          "{\"global\":\"off\",\"trace destinations\":["
              + TID_ON.replace("\"on\"", "\"off\"")
              + ","
              + OTHER_ON
              + ","
              + DYNAMIC
              + "]}",
          new Mi(node).result("trace", "{}"));
    }
    // An id that is configured no more is forgotten, and so is its switch.
    TestNode.start(settings).close();
    try (var node = TestNode.start(settings + IDS)) {
      assertEquals(
          "{\"trace destinations\":[" + TID_ON + "]}",
          new Mi(node).result("trace", "{\"id\":\"tid\"}"));
    }
  }

  @Test
  void storedDialogsAreReplayed() throws Exception {
    try (var node = TestNode.start("sipscope.store = memory\n" + IDS)) {
      var mi = new Mi(node);
      var sips = new String[60];
      for (int i = 0; i < sips.length; i++) {
        sips[i] = Messages.options((i < 50 ? "wanted-" : "else-") + i % 60, i);
      }
      node.importCapture(Pcaps.of(sips));
      for (var filter : new String[] {"\"text=wanted-\"", "{\"text\":\"wanted-\"}"}) {
        assertEquals(
            "{\"dialogs\":50,\"messages\":50,\"damaged\":0,\"complete\":true}",
            mi.result("trace_replay", "{\"id\":\"tid\",\"filter\":" + filter + "}"));
      }
      assertEquals(
          400,
          mi.answer("trace_replay", "{\"id\":\"tid\",\"filter\":\"colour=red\"}")
              .path("error")
              .path("code")
              .asInt());
      assertEquals(
          "{\"code\":400,\"message\":\"Bad trace id value\"}",
          mi.error("trace_replay", "{\"id\":\"nope\",\"filter\":\"text=a\"}"));
    }
  }

  /// From the socket to the destination: what a rule says, in order, and once.
  @Test
  void whatARuleFitsArrivesAtItsDestination() throws Exception {
    try (var copies = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      copies.setSoTimeout(30_000);
      var ids = "sipscope.trace.ids = [\"[tid]uri=sip:127.0.0.1:" + copies.getLocalPort() + "\"]";
      try (var node = TestNode.start(ids + RULE)) {
        for (int i = 1; i <= 3; i++) {
          node.importCapture(Pcaps.of(Messages.options("traced", i)));
        }
        for (int i = 1; i <= 3; i++) {
          var packet = new DatagramPacket(new byte[2_000], 2_000);
          copies.receive(packet);
          var sip = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
          assertEquals(Messages.options("traced", i), sip);
        }
      }
    }
  }

  @Test
  void configurationThatMakesNoSenseStopsTheStartWithoutItsPassword() {
    var refused =
        assertThrows(
            CannotStart.class,
            () ->
                TestNode.start(
                    "sipscope.store = memory\n"
                        + "sipscope.trace.ids = [\"[t]uri=oracle://u:secret@h/db\"]"));
    assertTrue(refused.getMessage().contains("sipscope.trace.ids"), refused.getMessage());
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
  }
}
