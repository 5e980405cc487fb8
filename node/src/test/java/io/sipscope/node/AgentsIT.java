package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.node.agents.HepPackets;
import io.sipscope.node.ingest.Messages;
import io.sipscope.protocol.capture.Agent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents that have to show a key, at a node with a database on the disk.
class AgentsIT {
  private static final String KEY = "kuchen-und-tee-um-vier";
  private static final Agent EDGE = new Agent(0, "edge-1");
  private static final Agent NUMBERED = new Agent(2_001, "");
  private static final Agent ELSEWHERE = new Agent(0, "elsewhere");
  private static final Agent SLOW = new Agent(0, "slow");

  @TempDir private static Path folder;
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.start(settings(folder.resolve("data"), 0, "agents = [" + LISTED + "]"));
  }

  private static final String LISTED =
      """
      {name = edge-1, key = "kuchen-und-tee-um-vier", addresses = ["127.0.0.0/8"]}
      {id = 2001, key = two-thousand-and-one}
      {name = elsewhere, key = "kuchen-und-tee-um-vier", addresses = ["192.0.2.0/24"]}
      {name = slow, key = slow, rate = 5}
      {name = never-heard, key = x}
      """;

  private static String settings(Path data, int seed, String hep) {
    return "sipscope.data-dir = \""
        + data
        + "\"\nsipscope.hep { "
        + hep
        + " }\n"
        + (seed == 0 ? "" : "sipscope.cluster.seed-nodes = \"127.0.0.1:" + seed + "\"\n");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static long now() {
    var now = Clock.systemUTC().instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private static byte[] hep(Agent agent, String key, String callId, int cseq) {
    return HepPackets.bytes(agent, key, now() + cseq, Messages.options(callId, cseq));
  }

  private static JsonNode agent(TestNode asked, String name) throws Exception {
    var agents = asked.json("/api/agents").path("agents");
    return StreamSupport.stream(agents.spliterator(), false)
        .filter(agent -> agent.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + agents));
  }

  private static void awaitMessages(String callId, int count) {
    NodeApi.eventually(
        () -> {
          assertEquals(count, node.messages(callId).size());
          return null;
        });
  }

  private static void awaitDropped(Agent agent, String reason, int count) {
    NodeApi.eventually(
        () -> {
          var row = agent(node, agent.text());
          assertEquals(count, row.path("droppedBy").path(reason).asInt(), row::toString);
          return null;
        });
  }

  @Test
  void whoShowsItsKeyIsStoredByUdpAndTcpAndTheKeyIsNot() throws Exception {
    node.sendUdp(hep(EDGE, KEY, "with-a-key", 1));
    awaitMessages("with-a-key", 1); // so that the connection is the last that it was heard by
    try (var socket = node.hepTcp()) {
      socket.getOutputStream().write(hep(EDGE, KEY, "with-a-key", 2));
    }
    node.sendUdp(hep(NUMBERED, "two-thousand-and-one", "with-a-key", 3));
    awaitMessages("with-a-key", 3);
    NodeApi.eventually(
        () -> {
          var edge = agent(node, "edge-1");
          assertTrue(edge.path("authenticated").asBoolean(), edge::toString);
          assertTrue(edge.path("listed").asBoolean(), edge::toString);
          assertTrue(edge.path("messages").asInt() >= 2, edge::toString);
          assertEquals(edge.path("messages"), edge.path("stored"), edge::toString);
          assertEquals(1, edge.path("disconnects").asInt(), edge::toString);
          assertEquals("127.0.0.1", edge.path("address").asText());
          assertTrue(Math.abs(edge.path("clockOffsetMs").asDouble()) < 1_000, edge::toString);
          return null;
        });
    for (var path :
        new String[] {
          "/api/agents",
          "/api/dialogs/with-a-key",
          "/api/dialogs/with-a-key/messages?raw=true",
          "/api/dialogs/with-a-key/ladder",
          "/api/hep?call-id=with-a-key",
          "/api/pcap?call-id=with-a-key",
          "/api/statistics",
          "/metrics"
        }) {
      var answer = node.bytes(path);
      assertEquals(200, answer.statusCode(), path);
      assertFalse(shows(answer.body()), path);
    }
  }

  private static boolean shows(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(KEY);
  }

  @Test
  void whoShowsNoneOrAnotherIsDroppedAndCounted() throws Exception {
    node.sendUdp(hep(EDGE, "guessed", "without-a-key", 1));
    node.sendUdp(hep(EDGE, "", "without-a-key", 2));
    node.sendUdp(hep(ELSEWHERE, KEY, "without-a-key", 3));
    node.sendUdp(hep(new Agent(0, "stranger"), KEY, "without-a-key", 4));
    node.sendUdp(Messages.hep3(Messages.options("without-a-key", 5), now()));
    awaitDropped(EDGE, "agent-key", 2);
    awaitDropped(ELSEWHERE, "agent-address", 1);
    awaitDropped(NUMBERED, "agent-key", 1);
    NodeApi.eventually(
        () -> {
          assertEquals(1, node.ingestMetrics().get("dropped_agent_unknown"));
          assertEquals(3, node.ingestMetrics().get("dropped_agent_key"));
          assertEquals(1, node.ingestMetrics().get("dropped_agent_address"));
          return null;
        });
    assertEquals(404, node.get("/api/dialogs/without-a-key").statusCode());
    var refused = node.json("/api/agents").path("refused").toString();
    assertTrue(refused.contains("\"agent\":\"stranger\",\"reason\":\"agent-unknown\""), refused);
    var unheard = agent(node, "never-heard");
    assertTrue(unheard.path("lastSeenAt").isNull(), unheard::toString);
  }

  @Test
  void whatIsBeyondItsRateIsDropped() throws Exception {
    try (var socket = node.hepTcp()) {
      for (int i = 1; i <= 200; i++) {
        socket.getOutputStream().write(hep(SLOW, "slow", "beyond-its-rate", i));
      }
    }
    NodeApi.eventually(
        () -> {
          var slow = agent(node, "slow");
          int dropped = slow.path("droppedBy").path("agent-rate").asInt();
          assertEquals(200, slow.path("messages").asInt() + dropped, slow::toString);
          assertTrue(dropped > 100, slow::toString);
          assertEquals(slow.path("messages"), slow.path("stored"), slow::toString);
          return null;
        });
  }

  @Test
  void aClockThatIsOffIsTold(@TempDir Path own) throws Exception {
    try (var open = TestNode.start(settings(own, 0, ""))) {
      long ahead = 90_000_000_000L;
      for (int i = 0; i < 5; i++) {
        open.sendUdp(
            HepPackets.bytes(
                new Agent(3, "ahead"), "", now() + ahead, Messages.options("ahead", i)));
      }
      NodeApi.eventually(
          () -> {
            var row = agent(open, "ahead");
            assertEquals(5, row.path("stored").asInt());
            assertEquals(-90_000, row.path("clockOffsetMs").asDouble(), 2_000);
            assertTrue(row.path("clockSuspect").asBoolean());
            assertFalse(row.path("authenticated").asBoolean(), "nobody asked it");
            return null;
          });
    }
  }

  @Test
  void whatAnyNodeHearsEveryNodeTells(@TempDir Path a, @TempDir Path b) throws Exception {
    try (var one = TestNode.start(settings(a, 0, "") + "sipscope.store = memory")) {
      int seed = Integer.parseInt(one.node().clusterAddress().replaceFirst(".*:", ""));
      try (var two = TestNode.start(settings(b, seed, "") + "sipscope.store = memory")) {
        one.sendUdp(hep(EDGE, "", "across-1", 1));
        two.sendUdp(hep(EDGE, "", "across-2", 2));
        two.sendUdp(hep(SLOW, "", "across-2", 3));
        for (var asked : new TestNode[] {one, two}) {
          NodeApi.eventually(
              () -> {
                var edge = agent(asked, "edge-1");
                assertEquals(2, edge.path("messages").asInt(), edge::toString);
                assertEquals(2, edge.path("nodes").size(), edge::toString);
                assertEquals(1, agent(asked, "slow").path("nodes").size());
                assertEquals("[]", asked.json("/api/agents").path("unanswered").toString());
                return null;
              });
        }
      }
    }
  }

  /// The last to run would be best; but nothing of what the others send may hold it either.
  @Test
  void noFileOfTheStoreHoldsAKey() throws Exception {
    node.sendUdp(hep(EDGE, KEY, "kept-on-disk", 1));
    awaitMessages("kept-on-disk", 1);
    boolean isKept = false;
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var bytes = read(file);
        assertFalse(shows(bytes), file.toString());
        isKept |= new String(bytes, StandardCharsets.ISO_8859_1).contains("kept-on-disk");
      }
    }
    assertTrue(isKept, "the message itself is found, so a key would be");
  }

  private static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }
}
