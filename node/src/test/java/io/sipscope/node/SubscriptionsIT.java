package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.sipscope.node.events.Signature;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Subscriptions that somebody else made, or an earlier node.
class SubscriptionsIT {
  private static final int PATIENCE_MILLIS = 20_000;

  private static DatagramSocket subscriber() throws Exception {
    var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static String received(DatagramSocket socket) throws Exception {
    var packet = new DatagramPacket(new byte[65_535], 65_535);
    socket.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  private static JsonNode subscribers(Mi mi, String event) throws Exception {
    return mi.answer("subscribers_list", "[\"" + event + "\"]")
        .path("result")
        .path("Event")
        .path("Subscribers");
  }

  private static void raise(Mi mi, String event) {
    NodeApi.eventually(
        () -> {
          assertEquals("\"OK\"", mi.result("raise_event", "[\"" + event + "\", [\"x\"]]"));
          return null;
        });
  }

  @Test
  void aSubscriptionOutlivesTheLastNode(@TempDir Path folder) throws Exception {
    var settings = "sipscope.store = h2\nsipscope.data-dir = \"" + folder + "\"";
    try (var socket = subscriber();
        var other = subscriber()) {
      var name = "udp:127.0.0.1:" + socket.getLocalPort();
      var ended = "udp:127.0.0.1:" + other.getLocalPort();
      try (var node = TestNode.start(settings)) {
        var mi = new Mi(node);
        mi.result("event_subscribe", "[\"E_SCRIPT_MSG\", \"" + name + "\", 600]");
        mi.result("event_subscribe", "[\"E_SCRIPT_MSG\", \"" + ended + "\", 600]");
        mi.result("event_subscribe", "[\"E_SCRIPT_MSG\", \"" + ended + "\", 0]");
      }
      try (var node = TestNode.start(settings)) {
        var mi = new Mi(node);
        raise(mi, "E_SCRIPT_MSG");
        assertTrue(received(socket).contains("[\"x\"]"));
        var listed = subscribers(mi, "E_SCRIPT_MSG");
        assertEquals(1, listed.size(), listed.toString());
        assertEquals(name, listed.path(0).path("socket").asText());
        assertTrue(listed.path(0).path("ttl").asInt() <= 600, listed.toString());
      }
    }
  }

  /// Its counts are told of by the other node while it is there.
  @Test
  void aSubscriptionOutlivesTheNodeItWasMadeOn() throws Exception {
    try (var socket = subscriber();
        var first = TestNode.start("sipscope.store = memory")) {
      var name = "udp:127.0.0.1:" + socket.getLocalPort();
      var one = new Mi(first);
      try (var second =
          TestNode.start(
              "sipscope.store = memory\nsipscope.cluster.seed-nodes = \""
                  + first.node().clusterAddress()
                  + '"')) {
        new Mi(second).result("event_subscribe", "[\"E_SCRIPT_MSG\", \"" + name + "\", 600]");
        raise(one, "E_SCRIPT_MSG");
        assertTrue(received(socket).contains("[\"x\"]"));
        NodeApi.eventually(
            () -> {
              var told = first.get("/api/events/subscribers").body();
              assertTrue(told.contains("\"sent\":1,"), told);
              return null;
            });
      }
      NodeApi.eventually(
          () -> {
            raise(one, "E_SCRIPT_MSG");
            socket.setSoTimeout(500);
            assertTrue(received(socket).contains("[\"x\"]"));
            return null;
          });
    }
  }

  @Test
  void theConfigurationSubscribesForGood() throws Exception {
    try (var socket = subscriber()) {
      var name = "udp:127.0.0.1:" + socket.getLocalPort();
      try (var node =
          TestNode.start(
              """
              sipscope.store = memory
              sipscope.events.subscriptions = [ { event = E_SCRIPT_MSG, socket = "%s" } ]
              """
                  .formatted(name))) {
        var mi = new Mi(node);
        raise(mi, "E_SCRIPT_MSG");
        assertTrue(received(socket).contains("[\"x\"]"));
        assertEquals(
            "[{\"socket\":\"" + name + "\",\"expire\":\"never\"}]",
            subscribers(mi, "E_SCRIPT_MSG").toString());
      }
    }
  }

  @Test
  void aRouteOfTheScriptIsASubscriberThatNeverExpires(@TempDir Path folder) throws Exception {
    var file = folder.resolve("policy.cfg");
    Files.writeString(
        file,
        """
        loadmodule "statistics.so"
        modparam("statistics", "stat_groups", "mine")
        route { exit; }
        event_route[E_SCRIPT_MSG] {
          update_stat("mine:raised", "+1");
        }
        """);
    try (var node =
        TestNode.start("sipscope.store = memory\nsipscope.script.file = \"" + file + "\"")) {
      var mi = new Mi(node);
      assertEquals(
          "[{\"socket\":\"route:E_SCRIPT_MSG\",\"expire\":\"never\"}]",
          subscribers(mi, "E_SCRIPT_MSG").toString());
      raise(mi, "E_SCRIPT_MSG");
      NodeApi.eventually(
          () -> {
            assertEquals(
                1,
                mi.answer("get_statistics", "{\"statistics\":[\"mine:\"]}")
                    .path("result")
                    .path("mine:raised")
                    .asLong());
            return null;
          });
    }
  }

  @Test
  void aWebhookIsToldSigned() throws Exception {
    var seen = new LinkedBlockingQueue<Map.Entry<String, String>>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              Map.entry(
                  exchange.getRequestHeaders().getFirst("X-Sipscope-Signature"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try (var node =
        TestNode.start("sipscope.store = memory\nsipscope.events.webhook.secret = s3cret")) {
      var mi = new Mi(node);
      var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=b";
      assertEquals("\"OK\"", mi.result("event_subscribe", "[\"E_SCRIPT_MSG\", \"" + url + "\"]"));
      raise(mi, "E_SCRIPT_MSG");
      var told = seen.poll(20, TimeUnit.SECONDS);
      assertEquals(
          Signature.of("s3cret", told.getValue().getBytes(StandardCharsets.UTF_8)), told.getKey());
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"method\":\"E_SCRIPT_MSG\",\"params\":[\"x\"]}", told.getValue());
      NodeApi.eventually(
          () -> {
            var row =
                new ObjectMapper()
                    .readTree(node.get("/api/events/subscribers").body())
                    .path("subscribers")
                    .path(0);
            assertEquals("E_SCRIPT_MSG", row.path("event").asText(), row.toString());
            assertEquals(url, row.path("socket").asText(), row.toString());
            assertEquals(1, row.path("sent").asLong(), row.toString());
            assertEquals(0, row.path("failed").asLong(), row.toString());
            return null;
          });
    } finally {
      server.stop(0);
    }
  }
}
