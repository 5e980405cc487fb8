package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.agents.HepPackets;
import io.sipscope.node.ingest.Messages;
import io.sipscope.protocol.capture.Agent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Events of one node, each raised by what it tells of.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CausesIT {
  private static final long MILLION = 1_000_000L;

  private static TestNode node(String settings) {
    return TestNode.start("sipscope.store = memory\n" + settings);
  }

  private static long now() {
    var now = Clock.systemUTC().instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Test
  void aDialogThatSettlesBadlyIsToldOnce() throws Exception {
    try (var node = node("");
        var heard = EventsHeard.of(node, "E_VERDICT_BAD")) {
      var call = new Sip("no-ack@example.com", now() - 60_000 * MILLION);
      node.sendUdp(call.request(0, "INVITE", 1, ""));
      for (int at : new int[] {100, 600, 1_600, 3_600, 7_600, 11_600, 15_600, 19_600, 23_600}) {
        node.sendUdp(call.reply(at, 200, "INVITE", 1));
      }
      var good = new Sip("good@example.com", now() - 60_000 * MILLION);
      node.sendUdp(good.request(0, "INVITE", 1, ""));
      node.sendUdp(good.reply(100, 200, "INVITE", 1));
      node.sendUdp(good.request(110, "ACK", 1, "b"));
      var told = heard.next();
      assertEquals("no-ack@example.com", told.path("callid").asText());
      assertEquals("ack-missing", told.path("rule").asText());
      var listed = node.json("/api/dialogs?call-id=no-ack@example.com").path("dialogs").path(0);
      assertEquals(listed.at("/verdict/title").asText(), told.path("title").asText());
      assertEquals(listed.path("key").asText(), told.path("dialog").asText());
      node.sendUdp(call.request(24_000, "BYE", 2, "b"));
      node.sendUdp(call.reply(24_100, 200, "BYE", 2));
      var next = new Sip("no-ack-2@example.com", now() - 60_000 * MILLION);
      node.sendUdp(next.request(0, "INVITE", 1, ""));
      for (int at : new int[] {100, 600, 1_600, 3_600, 7_600, 11_600, 15_600, 19_600, 23_600}) {
        node.sendUdp(next.reply(at, 200, "INVITE", 1));
      }
      assertEquals("no-ack-2@example.com", heard.next().path("callid").asText());
      assertEquals(List.of(), heard.rest());
    }
  }

  @Test
  void anAgentThatFallsSilentIsLostAndComesBack() throws Exception {
    try (var node = node("sipscope.hep.silence = 2s");
        var heard = EventsHeard.of(node, "E_AGENT_LOST", "E_AGENT_BACK")) {
      var quiet = new AtomicBoolean();
      var stopped = new AtomicBoolean();
      var sending =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 1; !stopped.get(); i++) {
                      say(node, "speaks", i);
                      if (!quiet.get()) {
                        say(node, "falls-silent", i);
                      }
                      LockSupport.parkNanos(50 * MILLION);
                    }
                  });
      try {
        NodeApi.eventually(
            () -> {
              assertTrue(node.ingestMetrics().get("received") > 40);
              return null;
            });
        quiet.set(true);
        var lost = heard.next();
        assertEquals("falls-silent", lost.path("agent").asText());
        assertTrue(lost.path("silent").asInt() >= 2, lost::toString);
        var status = new Mi(node).result("sr_get_status", "[\"ingest\", \"agents\"]");
        assertTrue(status.contains("\"Readiness\":false"), status);
        assertEquals(200, node.get("/ready").statusCode(), "it can do nothing about it");
        quiet.set(false);
        var back = heard.next();
        assertEquals("falls-silent", back.path("agent").asText());
        assertTrue(back.path("silent").asInt() >= 2, back::toString);
        assertEquals(List.of(), heard.rest());
      } finally {
        stopped.set(true);
        sending.join();
      }
    }
  }

  private static void say(TestNode node, String agent, int number) {
    try {
      node.sendUdp(
          HepPackets.bytes(
              new Agent(0, agent), "", now(), Messages.options(agent + number % 10, number)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsDroppedIsToldByReason() throws Exception {
    try (var node = node("sipscope.hep.agents = [{name = known, key = right}]");
        var heard = EventsHeard.of(node, "E_CAPTURE_DROPS")) {
      for (int i = 1; i <= 3; i++) {
        node.sendUdp(
            HepPackets.bytes(new Agent(0, "known"), "wrong", now(), Messages.options("no", i)));
      }
      int count = 0;
      while (count < 3) {
        var told = heard.next();
        assertEquals("dropped_agent_key", told.path("reason").asText());
        count += told.path("count").asInt();
        assertEquals(count, told.path("total").asInt());
      }
      assertEquals(3, count);
    }
  }

  @Test
  void aTraceDestinationThatGoesAwayIsDownAndComesBackUp() throws Exception {
    var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    int port = server.getLocalPort();
    var uri = "hep:127.0.0.1:" + port + ";transport=tcp;version=3";
    try (var node = node("sipscope.trace.ids = [\"[away]uri=" + uri + "\"]");
        var heard = EventsHeard.of(node, "E_TRACE_DESTINATION_DOWN", "E_TRACE_DESTINATION_UP")) {
      var mi = new Mi(node);
      var connection = server.accept();
      NodeApi.eventually(
          () -> {
            var all = mi.result("sr_list_status", "[\"trace\"]");
            assertTrue(
                all.startsWith(
                    "[{\"Name\":\"main\",\"Readiness\":true,\"Status\":1,\"Details\":\"none is"
                        + " in trouble\"},{\"Name\":\"away/"),
                all);
            return null;
          });
      server.close();
      connection.close();
      var down = heard.next();
      assertTrue(down.path("destination").asText().startsWith("away/"), down::toString);
      assertTrue(down.path("reason").asText().length() > 5, down::toString);
      NodeApi.eventually(
          () -> {
            var status = mi.result("sr_get_status", "[\"trace\"]");
            assertEquals(
                "{\"Readiness\":false,\"Status\":-1,\"Details\":\"1 of 1 not reached\"}", status);
            return null;
          });
      assertEquals(200, node.get("/ready").statusCode(), "a trace is a side line");
      try (var again = new ServerSocket()) {
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var up = heard.next();
        assertEquals(down.path("destination"), up.path("destination"));
        assertTrue(up.path("down").isIntegralNumber(), up::toString);
        assertEquals(List.of(), heard.rest());
      }
    }
  }

  /// The receiver reads nothing for a while: what is written waits.
  @Test
  void aConnectionThatTakesLongIsOverTheThresholdOfTcp(@TempDir Path folder) throws Exception {
    try (var server = new ServerSocket()) {
      server.setReceiveBufferSize(4_096);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      var uri = "hep:127.0.0.1:" + server.getLocalPort() + ";transport=tcp;version=3";
      var settings =
          "sipscope.data-dir = \""
              + folder
              + "\"\nsipscope.thresholds.tcp = 300ms\nsipscope.trace.ids = [\"[slow]uri="
              + uri
              + "\"]\nsipscope.trace.rules = [{trace-id = slow, scope = m}]";
      try (var node = node(settings);
          var heard = EventsHeard.of(node, "E_CORE_THRESHOLD");
          var connection = server.accept()) {
        try (var agent = node.hepTcp()) {
          for (int i = 1; i <= 6_000; i++) {
            agent
                .getOutputStream()
                .write(
                    Messages.hep3(
                        Messages.options("slow" + i % 50, i)
                            .replace(
                                "Content-Length",
                                "X-Fill: " + "x".repeat(2_000) + "\r\nContent-Length"),
                        now()));
          }
        }
        LockSupport.parkNanos(1_000 * MILLION);
        drain(connection);
        var told = heard.next(event -> event.path("source").asText().equals("tcp ops"));
        assertTrue(told.path("time").asLong() > 300_000, told::toString);
        assertTrue(told.path("extra").asText().startsWith("OPTIONS "), told::toString);
      }
    }
  }

  private static void drain(Socket connection) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                connection.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException e) {
                // the node is gone
              }
            });
  }

  @Test
  void theHeapIsToldWhenItFillsAndWhenItNoLongerIsFull() throws Exception {
    long most = Runtime.getRuntime().maxMemory();
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    int threshold = (int) (100 * used / most) + 6;
    try (var node = node("sipscope.thresholds.shm = " + threshold);
        var heard = EventsHeard.of(node, "E_CORE_SHM_THRESHOLD")) {
      var pressure = new ArrayList<byte[]>();
      for (long left = most / 100 * 8; left > 0; left -= MILLION) {
        pressure.add(new byte[(int) MILLION]);
      }
      System.gc();
      var rising = heard.next();
      assertTrue(rising.path("usage").asInt() >= threshold, rising::toString);
      assertEquals(threshold, rising.path("threshold").asInt());
      assertEquals(most, rising.path("size").asLong());
      assertTrue(rising.path("used").asLong() > most / 100 * threshold, rising::toString);
      assertEquals(4, rising.size(), rising::toString);
      System.gc();
      assertTrue(pressure.size() > 1, "held until here");
      pressure.clear();
      System.gc();
      var falling = heard.next();
      assertTrue(falling.path("usage").asInt() < threshold, falling::toString);
      System.gc();
      assertEquals(List.of(), heard.rest());
    }
  }

  @Test
  void directBuffersAreToldWhenTheyFillAndWhenTheyNoLongerAreFull() throws Exception {
    long most = Runtime.getRuntime().maxMemory();
    try (var node = node("sipscope.thresholds.pkg = 8");
        var heard = EventsHeard.of(node, "E_CORE_PKG_THRESHOLD")) {
      var pressure = new ArrayList<ByteBuffer>();
      for (long left = most / 100 * 9; left > 0; left -= MILLION) {
        pressure.add(ByteBuffer.allocateDirect((int) MILLION));
      }
      var rising = heard.next();
      assertTrue(rising.path("usage").asInt() >= 8, rising::toString);
      assertEquals(8, rising.path("threshold").asInt());
      assertEquals(ProcessHandle.current().pid(), rising.path("pid").asLong());
      assertTrue(pressure.size() > 1, "held until here");
      pressure.clear();
      System.gc();
      var falling = heard.next();
      assertTrue(falling.path("usage").asInt() < 8, falling::toString);
      assertEquals(List.of(), heard.rest());
    }
  }

  @Test
  void aLineOfTheLogIsAnEvent() throws Exception {
    try (var node = node("");
        var heard = EventsHeard.of(node, "E_CORE_LOG")) {
      var mi = new Mi(node);
      node.sendUdp(new byte[] {'H', 'E', 'P', '3', 0, 1});
      var told = heard.next(event -> event.path("message").asText().contains("127.0.0.1"));
      assertTrue(
          told.path("time").asText().matches("[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d"),
          told::toString);
      assertEquals(ProcessHandle.current().pid(), told.path("pid").asLong());
      assertTrue(List.of("WARNING", "INFO").contains(told.path("level").asText()), told::toString);
      assertEquals("ingest", told.path("module").asText());
      assertTrue(told.path("function").asText().length() > 2, told::toString);
      assertEquals("{\"mute state\":0}", mi.result("log_mute_state", "[\"event\"]"));
      assertEquals("\"OK\"", mi.result("log_mute_state", "[\"event\", 1]"));
      var second = mi.result("trace_start", started("while-mute"));
      assertEquals("\"OK\"", second);
      mi.result("trace_stop", "{\"id\":\"while-mute\"}");
      assertEquals("\"OK\"", mi.result("log_mute_state", "[\"event\", 0]"));
      assertEquals("\"OK\"", mi.result("trace_start", started("speaks-again")));
      var again = heard.next(event -> event.path("message").asText().contains("speaks-again"));
      assertEquals("trace", again.path("module").asText());
      assertTrue(heard.rest().stream().noneMatch(event -> event.toString().contains("while-mute")));
    }
  }

  /// OpenSIPS has more levels than most.
  @Test
  void aLineOfTheScriptHasTheLevelThatItWasWrittenWith(@TempDir Path folder) throws Exception {
    var levels = List.of("L_ALERT", "L_CRIT", "L_ERR", "L_WARN", "L_NOTICE", "L_INFO");
    var lines = new StringBuilder("route {\n");
    levels.forEach(level -> lines.append("  xlog(\"%s\", \"as %s\");\n".formatted(level, level)));
    var script = Files.writeString(folder.resolve("levels.cfg"), lines.append("}\n"));
    try (var node = node("sipscope.script.file = \"" + script + '"');
        var heard = EventsHeard.of(node, "E_CORE_LOG")) {
      node.sendUdp(new Sip("levels@example.com", now()).request(0, "INVITE", 1, ""));
      var told = new ArrayList<String>();
      for (int i = 0; i < levels.size(); i++) {
        var line = heard.next(event -> event.path("message").asText().startsWith("as L_"));
        assertEquals("as " + levels.get(i), line.path("message").asText());
        assertFalse(line.has("module"), line::toString);
        told.add(line.path("level").asText());
      }
      assertEquals(List.of("ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO"), told);
    }
  }

  /// A port that nobody listens on: its lane tells so.
  private static String started(String id) throws IOException {
    return "{\"id\":\""
        + id
        + "\",\"uri\":\"hep:127.0.0.1:"
        + NodeProcess.freePorts().getFirst()
        + ";transport=tcp;version=3\"}";
  }

  /// Each event cannot be delivered, which is logged; a line a failure would never end.
  @Test
  void aLineAboutTheDeliveryOfALineIsNoEvent() throws Exception {
    try (var node = node("");
        var heard = EventsHeard.of(node, "E_CORE_LOG")) {
      var mi = new Mi(node);
      int port = NodeProcess.freePorts().getFirst();
      mi.result("event_subscribe", "[\"E_CORE_LOG\", \"tcp:127.0.0.1:" + port + "\", 600]");
      mi.result("event_subscribe", "[\"E_CORE_LOG\", \"xmlrpc:127.0.0.1:" + port + ":x\", 600]");
      assertEquals("\"OK\"", mi.result("trace_start", started("first")));
      heard.next(event -> event.path("message").asText().contains("first"));
      NodeApi.eventually(
          () -> {
            var failed = mi.answer("get_statistics", "[[\"events:\"]]").at("/result/events:failed");
            assertTrue(failed.asLong() > 0, failed::toString);
            return null;
          });
      LockSupport.parkNanos(2_000 * MILLION);
      assertTrue(
          heard.rest().stream().noneMatch(event -> event.toString().contains(":" + port + " ")),
          () -> heard.rest().toString());
      assertTrue(heard.rest().size() < 20, () -> heard.rest().toString());
    }
  }
}
