package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.node.NodeApi;
import io.sipscope.node.NodeProcess;
import io.sipscope.node.TestNode;
import io.sipscope.node.ingest.Messages;
import io.sipscope.persistence.trace.Proxied;
import io.sipscope.testing.PgServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daily push of statistics, as it is shipped, with days of two seconds.
class DailyPushIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MESSAGES = 300;

  private static final String NOTHING =
      "{\"method\":{\"INVITE\":0,\"ACK\":0,\"BYE\":0},\"packet\":{\"count\":0,\"total_size\":0}}";

  @TempDir private Path folder;
  private WebServer web;

  @BeforeEach
  void open() throws IOException {
    web = WebServer.open();
  }

  @AfterEach
  void close() {
    web.close();
  }

  private Path script() throws IOException {
    return Files.writeString(
        folder.resolve("policy.cfg"),
        Tutorial.script("daily-statistics.cfg")
            .replace("PERIOD 86400", "PERIOD 2")
            .replace("https://statistics.example.com", "http://" + web.address()));
  }

  private List<JsonNode> pushed() {
    return web.posted().stream().map(DailyPushIT::read).toList();
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private long sum(String pointer) {
    return pushed().stream().mapToLong(push -> push.at(pointer).asLong()).sum();
  }

  private static Proxied other() {
    return new Proxied().requestIn("MESSAGE", 7, "").replyOut("200 OK", 7, "MESSAGE", "b1");
  }

  @Test
  void whatWasCountedIsPushedOnceAndThenCountedAnew() throws Exception {
    var call = Proxied.answeredCall();
    long bytes = call.captures().stream().mapToLong(one -> one.sip().length()).sum();
    try (var node = TestNode.start(Tutorial.settings(script(), folder));
        var hep = node.hepTcp()) {
      Tutorial.send(hep.getOutputStream(), call.captures());
      NodeApi.eventually(
          () -> {
            assertEquals(13, sum("/packet/count"), () -> web.posted().toString());
            assertEquals(bytes, sum("/packet/total_size"));
            assertEquals(2, sum("/method/INVITE"));
            assertEquals(2, sum("/method/ACK"));
            assertEquals(2, sum("/method/BYE"));
            return null;
          });
      int before = web.posted().size();
      NodeApi.eventually(
          () -> {
            assertTrue(web.posted().size() > before);
            return null;
          });
      assertEquals(NOTHING, web.posted().getLast());
      Tutorial.send(hep.getOutputStream(), other().captures());
      NodeApi.eventually(
          () -> {
            assertEquals(15, sum("/packet/count"), () -> web.posted().toString());
            assertEquals(1, sum("/method/MESSAGE"));
            assertEquals(2, sum("/method/INVITE"));
            return null;
          });
    }
  }

  /// While pushes go on and both nodes count: nothing is lost between reading and clearing, and
  /// nothing is told twice.
  @Test
  void ofTwoNodesOnePushesWhatBothCounted(@TempDir Path a, @TempDir Path b) throws Exception {
    var ports = NodeProcess.freePorts();
    var environment =
        Map.of(
            "SIPSCOPE_STORE",
            "postgres",
            "SIPSCOPE_POSTGRES_URL",
            PgServer.shared().newDatabase(),
            "SIPSCOPE_POSTGRES_USER",
            PgServer.USER,
            "SIPSCOPE_SCRIPT_FILE",
            script().toString(),
            "SIPSCOPE_SEED_NODES",
            "127.0.0.1:" + ports.get(2));
    try (var first = NodeProcess.start(a, ports, environment);
        var second = NodeProcess.start(b, NodeProcess.freePorts(), environment);
        var one = new Socket(InetAddress.getLoopbackAddress(), first.hepPort());
        var other = new Socket(InetAddress.getLoopbackAddress(), second.hepPort())) {
      for (int i = 0; i < MESSAGES; i++) {
        int before = web.posted().size();
        var socket = i % 2 == 0 ? one : other;
        socket
            .getOutputStream()
            .write(Messages.hep3(Messages.options("call-" + i, 1), 1_000_000L * i));
        if (i % 100 == 99) {
          NodeApi.eventually(
              () -> {
                assertTrue(web.posted().size() > before);
                return null;
              });
        }
      }
      NodeApi.eventually(
          () -> {
            assertEquals(MESSAGES, sum("/method/OPTIONS"), () -> web.posted().toString());
            assertEquals(MESSAGES, sum("/packet/count"));
            assertEquals(0, pushed().getLast().at("/packet/count").asLong());
            return null;
          });
    }
  }
}
