package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import io.sipscope.testing.PgServer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes on one PostgreSQL: what one is sent, the other finds, reads and exports.
class TwoNodesIT {
  private static NodeProcess first;
  private static NodeProcess second;
  private static NodeApi one;
  private static NodeApi other;

  @BeforeAll
  static void start(@TempDir Path a, @TempDir Path b) throws Exception {
    var firstPorts = NodeProcess.freePorts();
    var environment =
        Map.of(
            "SIPSCOPE_STORE",
            "postgres",
            "SIPSCOPE_POSTGRES_URL",
            PgServer.shared().newDatabase(),
            "SIPSCOPE_POSTGRES_USER",
            PgServer.USER,
            "SIPSCOPE_SEED_NODES",
            "127.0.0.1:" + firstPorts.get(2));
    first = NodeProcess.start(a, firstPorts, environment);
    second = NodeProcess.start(b, NodeProcess.freePorts(), environment);
    one = first.api();
    other = second.api();
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
    first.close();
    second.close();
  }

  @Test
  void bothAreMembersAndShareTheDialogs() {
    NodeApi.eventually(
        () -> {
          one.importCapture(capture("shared", 200, 1));
          for (var api : new NodeApi[] {one, other}) {
            var members = api.json("/api/cluster").path("members");
            assertEquals(2, members.size());
            for (var member : members) {
              assertEquals("up", member.path("status").asText());
              assertTrue(member.path("shards").asInt() > 0, member::toString);
            }
          }
          return null;
        });
  }

  @Test
  void whatIsImportedThroughOneIsFoundReadAndExportedThroughTheOther() throws Exception {
    var report = one.importCapture(capture("across", 40, 5));
    assertEquals(200, report.path("messages").asInt());
    var found = other.json("/api/dialogs?text=across-&limit=100").path("dialogs");
    assertEquals(40, found.size());
    for (int call = 0; call < 40; call++) {
      assertEquals(5, other.messages("across-" + call).size());
      var ladder = other.json("/api/dialogs/across-" + call + "/ladder");
      assertEquals(5, ladder.path("arrows").size());
    }
    var export = other.bytes("/api/pcap?text=across-");
    assertEquals(200, export.statusCode());
    var again = one.importCapture(export.body());
    assertEquals(200, again.path("messages").asInt());
    assertEquals(200, again.path("duplicates").asInt());
  }

  /// Half of a dialog's messages go to each node: one dialog, each message once, and each node
  /// accounts for its own.
  @Test
  void oneDialogMayBeSentToBoth() throws Exception {
    try (var a = new Socket(InetAddress.getLoopbackAddress(), first.hepPort());
        var b = new Socket(InetAddress.getLoopbackAddress(), second.hepPort())) {
      for (int i = 0; i < 100; i++) {
        var socket = i % 2 == 0 ? a : b;
        socket.getOutputStream().write(Messages.hep3(Messages.options("both", i), i * 1_000_000L));
      }
    }
    NodeApi.eventually(
        () -> {
          for (var api : new NodeApi[] {one, other}) {
            var cseqs = new TreeSet<Integer>();
            StreamSupport.stream(api.messages("both").spliterator(), false)
                .forEach(message -> cseqs.add(message.path("cseq").asInt()));
            assertEquals(100, cseqs.size());
            assertEquals(100, api.messages("both").size());
          }
          return null;
        });
  }

  /// Switches and dynamic traces are the cluster's, whoever was told.
  @Test
  void whatIsSwitchedOnOneIsSeenByTheOther() throws Exception {
    var here = new Mi(one);
    var there = new Mi(other);
    assertEquals("\"OK\"", here.result("trace", "{\"mode\":\"off\"}"));
    assertEquals(
        "\"OK\"",
        here.result("trace_start", "{\"id\":\"dyn\",\"uri\":\"hep:127.0.0.1:9;transport=udp\"}"));
    NodeApi.eventually(
        () -> {
          var seen = there.result("trace", "{}");
          assertTrue(seen.startsWith("{\"global\":\"off\""), seen);
          assertTrue(seen.contains("\"state\":\"dynamic\""), seen);
          return null;
        });
    assertEquals("\"OK\"", there.result("trace_stop", "[\"dyn\"]"));
    assertEquals("\"OK\"", there.result("trace", "{\"mode\":\"on\"}"));
    NodeApi.eventually(
        () -> {
          assertEquals("{\"global\":\"on\",\"trace destinations\":[]}", here.result("trace", "{}"));
          return null;
        });
  }

  private static byte[] capture(String name, int calls, int messages) {
    var sips = new ArrayList<String>();
    for (int i = 0; i < calls * messages; i++) {
      sips.add(Messages.options(name + "-" + i % calls, i));
    }
    return Pcaps.of(sips.toArray(String[]::new));
  }
}
