package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.node.ingest.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Subscribers on real sockets, and two nodes of one cluster.
class EventsIT {
  private static final int PATIENCE_MILLIS = 20_000;

  private static TestNode first;
  private static TestNode second;
  private static Mi one;
  private static Mi other;

  @BeforeAll
  static void start() {
    first = TestNode.start("sipscope.store = memory");
    second =
        TestNode.start(
            "sipscope.store = memory\nsipscope.cluster.seed-nodes = \""
                + first.node().clusterAddress()
                + '"');
    one = new Mi(first);
    other = new Mi(second);
    NodeApi.eventually(
        () -> {
          var nodes = one.answer("cluster_list", "{}").path("result").path("Clusters").path(0);
          assertEquals(2, nodes.path("Nodes").size());
          return null;
        });
  }

  @AfterAll
  static void stop() {
    second.close();
    first.close();
  }

  private static DatagramSocket subscriber() throws IOException {
    var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static String received(DatagramSocket socket) throws IOException {
    var packet = new DatagramPacket(new byte[65_535], 65_535);
    socket.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  private static String udp(DatagramSocket socket) {
    return "udp:127.0.0.1:" + socket.getLocalPort();
  }

  /// As python-opensips does: by place, and `expire` 0 in the end.
  @Test
  void aDatagramComesForEveryEventUntilTheSubscriptionEnds() throws Exception {
    try (var socket = subscriber()) {
      var subscription = "[\"E_SCRIPT_MSG\", \"" + udp(socket) + "\", 3600]";
      assertEquals("\"OK\"", one.result("event_subscribe", subscription));
      assertEquals("\"OK\"", one.result("raise_event", "[\"E_SCRIPT_MSG\"]"));
      assertEquals("{\"jsonrpc\":\"2.0\",\"method\":\"E_SCRIPT_MSG\"}", received(socket));
      one.result("raise_event", "[\"E_SCRIPT_MSG\", [\"a\", 2]]");
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"method\":\"E_SCRIPT_MSG\",\"params\":[\"a\",\"2\"]}",
          received(socket));
      one.result(
          "raise_event",
          "{\"event\":\"E_SCRIPT_MSG\",\"params\":\"{\\\"k\\\":\\\"v w\\\",\\\"n\\\":5}\"}");
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"method\":\"E_SCRIPT_MSG\",\"params\":{\"k\":\"v w\",\"n\":5}}",
          received(socket));
      assertEquals(
          "{\"socket\":\"" + udp(socket) + "\",\"expire\":3600,\"ttl\":3600}",
          shown(udp(socket)).path("Subscriber").toString());
      assertEquals("\"OK\"", one.result("event_subscribe", subscription.replace("3600", "0")));
      assertEquals(
          "{\"socket\":\"" + udp(socket) + "\",\"expire\":0,\"ttl\":\"expired\"}",
          shown(udp(socket)).path("Subscriber").toString());
      NodeApi.eventually(
          () -> {
            assertEquals(
                "{\"code\":404,\"message\":\"Subscriber does not exist\"}",
                one.error("subscribers_list", "[\"E_SCRIPT_MSG\", \"" + udp(socket) + "\"]"));
            return null;
          });
    }
  }

  private static JsonNode shown(String socket) throws IOException, InterruptedException {
    return one.answer("subscribers_list", "[\"E_SCRIPT_MSG\", \"" + socket + "\"]")
        .path("result")
        .path("Event");
  }

  @Test
  void whoSubscribedOnOneNodeIsToldOfWhatHappensOnAnotherAndOnce() throws Exception {
    try (var socket = subscriber()) {
      one.result("event_subscribe", "[\"E_CORE_LOG\", \"" + udp(socket) + "\"]");
      NodeApi.eventually(
          () -> {
            assertEquals("\"OK\"", other.result("raise_event", "[\"E_CORE_LOG\", [\"there\"]]"));
            return null;
          });
      assertTrue(received(socket).contains("[\"there\"]"));
      one.result("raise_event", "[\"E_CORE_LOG\", [\"here\"]]");
      assertTrue(received(socket).contains("[\"here\"]"));
    }
  }

  /// As opensips-cli's `diagnose` listens: one connection, objects with nothing between them.
  @Test
  void aStreamHasObjectAfterObject() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(PATIENCE_MILLIS);
      var name = "tcp:127.0.0.1:" + server.getLocalPort();
      one.result("event_subscribe", "[\"E_CORE_THRESHOLD\", \"" + name + "\", 10]");
      one.result("raise_event", "[\"E_CORE_THRESHOLD\", [\"x\"]]");
      one.result("raise_event", "[\"E_CORE_THRESHOLD\"]");
      try (var connection = server.accept()) {
        connection.setSoTimeout(PATIENCE_MILLIS);
        var wanted =
            "{\"jsonrpc\":\"2.0\",\"method\":\"E_CORE_THRESHOLD\",\"params\":[\"x\"]}"
                + "{\"jsonrpc\":\"2.0\",\"method\":\"E_CORE_THRESHOLD\"}";
        assertEquals(wanted, text(connection.getInputStream(), wanted.length()));
      }
    }
  }

  private static String text(InputStream in, int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Test
  void aConnectionIsListedAndItsEndIsAnEvent() throws Exception {
    try (var socket = subscriber()) {
      one.result("event_subscribe", "[\"E_CORE_TCP_DISCONNECT\", \"" + udp(socket) + "\"]");
      int port;
      try (var agent = first.hepTcp()) {
        port = agent.getLocalPort();
        agent.getOutputStream().write(Messages.hep3(Messages.options("tcp-list"), 1));
        NodeApi.eventually(
            () -> {
              var listed = one.result("list_tcp_conns", "{}");
              assertTrue(listed.contains("\"Type\":\"hep_tcp\",\"State\":0"), listed);
              assertTrue(listed.contains("\"Remote\":\"127.0.0.1:" + port + "\""), listed);
              return null;
            });
      }
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"method\":\"E_CORE_TCP_DISCONNECT\",\"params\":{"
              + "\"src_ip\":\"127.0.0.1\",\"src_port\":"
              + port
              + ",\"dst_ip\":\"127.0.0.1\",\"dst_port\":"
              + first.node().hepTcpAddress().getPort()
              + ",\"proto\":\"hep_tcp\"}}",
          received(socket));
    }
  }

  @Test
  void theCaptureStopsOnAllNodesAndGoesOn() throws Exception {
    assertEquals("{\"SIP capturing\":\"on\"}", one.result("sip_capture", "{}"));
    try (var socket = subscriber()) {
      other.result("event_subscribe", "[\"E_CORE_SR_STATUS_CHANGED\", \"" + udp(socket) + "\"]");
      assertEquals("\"OK\"", one.result("sip_capture", "{\"capture_mode\":\"off\"}"));
      NodeApi.eventually(
          () -> {
            assertEquals("{\"SIP capturing\":\"off\"}", other.result("sip_capture", "{}"));
            return null;
          });
      long before = second.ingestMetrics().getOrDefault("dropped_capture_off", 0L);
      second.sendUdp(Messages.hep3(Messages.options("while-off"), 1));
      NodeApi.eventually(
          () -> {
            assertEquals(before + 1, second.ingestMetrics().get("dropped_capture_off"));
            return null;
          });
      NodeApi.eventually( // the second node may have just become a member, which is told, too
          () -> {
            var told = received(socket);
            assertTrue(told.contains("\"details\":\"the capture is switched off\""), told);
            return null;
          });
      assertEquals("\"OK\"", other.result("sip_capture", "[\"on\"]"));
      NodeApi.eventually(
          () -> {
            assertEquals("{\"SIP capturing\":\"on\"}", one.result("sip_capture", "{}"));
            return null;
          });
    }
    assertEquals(
        "{\"code\":400,\"message\":\"Bad parameter value\"}",
        one.error("sip_capture", "[\"perhaps\"]"));
  }

  @Test
  void aNodeThatIsReadySaysSo() throws Exception {
    NodeApi.eventually(
        () -> {
          assertEquals(
              "[{\"Name\":\"main\",\"Readiness\":true,\"Status\":1,\"Details\":\"running\"}]",
              one.result("sr_list_status", "{\"group\":\"core\"}"));
          return null;
        });
    var reports = one.answer("sr_list_reports", "[\"core\", \"main\"]").path("result");
    assertEquals("initializing", reports.path(0).path("Log").asText());
    assertEquals("initialization completed, ready now", reports.path(1).path("Log").asText());
  }

  /// As OpenSIPS 2.4 answered, to the byte.
  @Test
  void clientsOfTwoAreToldInTheirForm() throws Exception {
    try (var socket = subscriber()) {
      var name = udp(socket);
      assertEquals(
          "", first.get("/json/event_subscribe?params=E_DLG_STATE_CHANGED," + name + ",60").body());
      assertEquals(
          "{\"Event\": [{\"value\":\"E_DLG_STATE_CHANGED\", \"attributes\":{\"id\": \"8\"},"
              + " \"children\":{\"Subscriber\": [{\"attributes\":{\"socket\": \""
              + name
              + "\", \"expire\": \"60\"}}]}}]}",
          first.get("/json/subscribers_list?params=E_DLG_STATE_CHANGED").body());
      one.result("raise_event", "[\"E_DLG_STATE_CHANGED\", \"{\\\"old_state\\\":1}\"]");
      assertEquals("E_DLG_STATE_CHANGED\nold_state::1\n\n", received(socket));
    }
    assertEquals(
        "{\"error\": {\"code\": 400, \"message\": \"Bad parameter\"}}",
        first.get("/json/event_subscribe?params=E_NOPE,udp:127.0.0.1:1").body());
    assertEquals("", first.get("/json/dlg_list").body());
    assertEquals("{\"trunk\": \"1\"}", first.get("/json/list_all_profiles").body());
    assertEquals("{\"\": \"on\"}", first.get("/json/sip_capture").body());
  }
}
