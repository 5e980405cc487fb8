package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real traffic has workers come, silence has them go, and nothing is lost of it.
class AutoScalingIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int MOST_MESSAGES = 300_000;

  /// What the kernel holds for us in any case while this machine does something else.
  private static final int MOST_WAITING = 2_000;

  private static TestNode node;
  private static Mi mi;

  @BeforeAll
  static void start() {
    node =
        TestNode.start(
            """
            sipscope.store = memory
            sipscope.auto-scaling {
              profiles = ["busy scale up to 3 on 4% for 2 cycles within 3 scale down to 1 on 2% for 10 cycles"]
              use = "BUSY"
              cycle = 100ms
            }
            """);
    mi = new Mi(node);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static List<JsonNode> receivers() throws Exception {
    var processes = mi.answer("ps", "{}").path("result").path("Processes");
    return StreamSupport.stream(processes.spliterator(), false)
        .filter(
            process ->
                process
                    .path("Type")
                    .asText()
                    .equals("SIP receiver hep_udp:" + Node.shown(node.node().hepUdpAddress())))
        .toList();
  }

  private static long statistic(String group, String name) throws Exception {
    return mi.answer("get_statistics", "{\"statistics\":[\"" + group + ":\"]}")
        .path("result")
        .path(group + ":" + name)
        .asLong(-1);
  }

  private static void eventually(long wanted, String group, String name) {
    NodeApi.eventually(
        () -> {
          assertEquals(wanted, statistic(group, name), name);
          return null;
        });
  }

  private static List<String> reports() throws Exception {
    var answer =
        mi.answer(
            "sr_list_reports",
            "{\"group\":\"auto-scaling\",\"identifier\":\"UDP/udp:%s\"}"
                .formatted(Node.shown(node.node().hepUdpAddress())));
    var logs = new ArrayList<String>();
    answer.path("result").forEach(report -> logs.add(report.path("Log").asText()));
    return logs;
  }

  private static JsonNode event(DatagramSocket subscriber) throws Exception {
    var packet = new DatagramPacket(new byte[65_535], 65_535);
    subscriber.receive(packet);
    return JSON.readTree(
            new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
        .path("params");
  }

  /// Calls until there are so many workers.
  ///
  /// @return how many messages
  private static int blastUntil(int workers) throws Exception {
    int sent = 0;
    try (var socket = new DatagramSocket()) {
      var to = node.node().hepUdpAddress();
      while (receivers().size() < workers && sent < MOST_MESSAGES) {
        for (int i = 0; i < 500; i++) {
          var call = new Sip("scaling-" + sent, 1_700_000_000_000_000_000L + sent);
          var invite = call.request(0, "INVITE", 1, "");
          socket.send(new DatagramPacket(invite, invite.length, to));
          var busy = call.reply(20, 486, "INVITE", 1);
          socket.send(new DatagramPacket(busy, busy.length, to));
          sent += 2;
        }
        while (sent - statistic("ingest", "received") > MOST_WAITING) {
          LockSupport.parkNanos(1_000_000);
        }
      }
    }
    return sent;
  }

  /// As OpenSIPS's own manual has it.
  @Test
  void aScriptSaysHowMany(@TempDir Path folder) throws Exception {
    var script =
        Files.writeString(
            folder.resolve("policy.cfg"),
            """
            auto_scaling_cycle = 1
            auto_scaling_profile = PROFILE_SIP
                scale up to 6 on 70% for 4 cycles within 5
                scale down to 2 on 20% for 5 cycles
            udp_workers = 4 use_auto_scaling_profile PROFILE_SIP
            route { exit; }
            """);
    try (var scripted =
        TestNode.start(
            "sipscope.store = memory\nsipscope.script.file = \"%s\"".formatted(script))) {
      var answer = new Mi(scripted).result("ps", "{}");
      var receiver = "SIP receiver hep_udp:" + Node.shown(scripted.node().hepUdpAddress());
      assertEquals(4, answer.split(receiver, -1).length - 1, answer);
    }
  }

  @Test
  void workersComeWithTheLoadAndGoWithItAndNothingIsLost() throws Exception {
    try (var subscriber =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      subscriber.setSoTimeout(PATIENCE_MILLIS);
      assertEquals(
          "\"OK\"",
          mi.result(
              "event_subscribe",
              "[\"E_CORE_PROC_AUTO_SCALE\", \"udp:127.0.0.1:%d\", 600]"
                  .formatted(subscriber.getLocalPort())));
      assertEquals(1, receivers().size());
      long before = statistic("load", "processes_number");
      int first = receivers().getFirst().path("ID").asInt();

      int sent = blastUntil(3);
      var busy = receivers();
      assertEquals(3, busy.size(), "of " + sent + " messages");
      eventually(before + 2, "load", "processes_number");
      for (int i = 0; i < 3; i++) {
        assertEquals(first + i, busy.get(i).path("ID").asInt());
        assertTrue(statistic("load", "load-proc-" + (first + i)) >= 0);
      }
      var up = event(subscriber);
      var names = new ArrayList<String>();
      up.fieldNames().forEachRemaining(names::add);
      assertEquals(
          List.of("group_type", "group_filter", "group_load", "scale", "process_id", "pid"), names);
      assertEquals("UDP", up.path("group_type").asText());
      assertEquals(
          "udp:" + Node.shown(node.node().hepUdpAddress()), up.path("group_filter").asText());
      assertTrue(up.path("group_load").asInt() > 4, up.toString());
      assertEquals("up", up.path("scale").asText());
      assertEquals(first + 1, up.path("process_id").asInt());
      assertEquals(ProcessHandle.current().pid(), up.path("pid").asLong());
      assertEquals("up", event(subscriber).path("scale").asText());

      assertEquals("down", event(subscriber).path("scale").asText());
      var down = event(subscriber);
      assertEquals("down", down.path("scale").asText());
      assertEquals(first + 1, down.path("process_id").asInt());
      assertEquals(1, receivers().size());
      eventually(before, "load", "processes_number");
      eventually(-1, "load", "load-proc-" + (first + 1));
      var reports = reports();
      assertEquals(4, reports.size(), reports.toString());
      assertTrue(
          reports
              .get(0)
              .matches(
                  "Forking new process id %d at load \\d+ in group with 1 processes"
                      .formatted(first + 1)),
          reports.toString());
      assertTrue(
          reports.get(3).startsWith("Ripping process id " + (first + 1)), reports.toString());

      eventually(sent, "ingest", "persisted");
      assertEquals(sent, statistic("ingest", "received"));
      assertEquals(0, statistic("ingest", "duplicates"));
    }
  }
}
