package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.sipscope.node.ingest.Messages;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A script and what is outside of it: web servers, whoever waits for its events, hosts that are
/// not there. Whatever they do, every message is stored.
class ScriptOutsideIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private static TestNode start(Path file, String script) throws IOException {
    Files.writeString(file, script);
    return TestNode.start("sipscope.store = memory\nsipscope.script.file = \"" + file + "\"");
  }

  private static void send(TestNode node, String call) throws IOException {
    node.sendUdp(Messages.hep3(Messages.options(call, 1), 1_000_000L));
    NodeApi.eventually(
        () -> {
          assertEquals(1, node.messages(call).size());
          return null;
        });
  }

  @Test
  void whoSubscribesIsToldOfEachRoute(@TempDir Path folder) throws Exception {
    var script = "route {\n  route(inner);\n}\nroute[inner] {\n  return(7);\n}\n";
    var file = folder.resolve("policy.cfg");
    try (var node = start(file, script);
        var subscriber = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
      subscriber.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
      assertEquals(
          "\"OK\"",
          new Mi(node)
              .result(
                  "event_subscribe",
                  "{\"event\":\"E_PROFILING_SCRIPT\",\"socket\":\"udp:127.0.0.1:%d\"}"
                      .formatted(subscriber.getLocalPort())));
      var told = new ArrayList<JsonNode>();
      for (int call = 0; told.size() < 6; call++) {
        send(node, "call-" + call); // the first may come before it is noticed that someone waits
        subscriber.setSoTimeout(500);
        heard(subscriber, told);
      }
      var first = told.subList(0, 6);
      assertEquals(
          List.of("start", "enter", "enter", "exit", "exit", "end"),
          first.stream().map(one -> one.path("verb").asText()).toList());
      assertEquals(
          List.of("<root>", "<root>", "inner", "inner", "<root>", "<root>"),
          first.stream().map(one -> one.path("name").asText()).toList());
      assertEquals(
          List.of(1, 1, 2, 2, 1, 1), first.stream().map(one -> one.path("depth").asInt()).toList());
      assertEquals(file.toString(), first.get(1).path("file").asText());
      assertEquals(1, first.get(1).path("line").asInt());
      assertEquals(4, first.get(2).path("line").asInt());
      assertEquals(7, first.get(3).path("status").asInt());
      assertTrue(first.getFirst().path("file").isMissingNode());
      assertEquals(1, first.stream().map(one -> one.path("session").asLong()).distinct().count());
    }
  }

  private static void heard(DatagramSocket subscriber, List<JsonNode> told) throws IOException {
    var datagram = new DatagramPacket(new byte[65_536], 65_536);
    try {
      while (told.size() < 6) {
        subscriber.receive(datagram);
        var text = new String(datagram.getData(), 0, datagram.getLength(), StandardCharsets.UTF_8);
        var event = JSON.readTree(text);
        assertEquals("E_PROFILING_SCRIPT", event.path("method").asText(), text);
        told.add(event.path("params"));
      }
    } catch (SocketTimeoutException _) {
      return; // nothing more of this message
    }
  }

  @Test
  void whatAWebServerAnswersIsGoneOnWith(@TempDir Path folder) throws Exception {
    var web = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    web.createContext(
        "/",
        exchange -> {
          var body = "yes".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    web.start();
    var script =
        """
        modparam("statistics", "stat_groups", "answer")
        route {
          $var(call) = $ci;
          async(rest_get("http://127.0.0.1:%d/", $var(body)), resume);
          update_stat("answer:never", 1);
        }
        route[resume] {
          update_stat("answer:$var(body)-$var(call)", 1);
        }
        """
            .formatted(web.getAddress().getPort());
    try (var node = start(folder.resolve("policy.cfg"), script)) {
      send(node, "first");
      NodeApi.eventually(
          () -> {
            assertEquals(
                "{\"answer:yes-first\":1}",
                new Mi(node).result("get_statistics", "{\"statistics\":[\"answer:\"]}"));
            return null;
          });
    } finally {
      web.stop(0);
    }
  }

  @Test
  void anEventRunsItsRouteWhoeverRaisesIt(@TempDir Path folder) throws Exception {
    var script =
        """
        modparam("statistics", "stat_groups", "raised")
        route {
          $avp(name) = "who";
          $avp(value) = $ci;
          raise_event("E_MINE", $avp(name), $avp(value));
        }
        event_route[E_MINE] {
          update_stat("raised:$param(who)", 1);
        }
        """;
    try (var node = start(folder.resolve("policy.cfg"), script)) {
      var mi = new Mi(node);
      send(node, "call");
      assertEquals(
          "\"OK\"",
          mi.result(
              "raise_event", "{\"event\":\"E_MINE\",\"params\":\"{\\\"who\\\":\\\"me\\\"}\"}"));
      NodeApi.eventually(
          () -> {
            var raised =
                mi.answer("get_statistics", "{\"statistics\":[\"raised:\"]}").path("result");
            assertEquals(1, raised.path("raised:call").asInt(), raised::toString);
            assertEquals(1, raised.path("raised:me").asInt(), raised::toString);
            return null;
          });
      var listed = mi.result("subscribers_list", "{\"event\":\"E_MINE\"}");
      assertTrue(listed.contains("{\"socket\":\"route:E_MINE\",\"expire\":\"never\"}"), listed);
    }
  }

  @Test
  void nothingThatFailsKeepsAMessageFromBeingStored(@TempDir Path folder) throws Exception {
    int nobody;
    try (var free = new ServerSocket(0, 1, HERE)) {
      nobody = free.getLocalPort();
    }
    var script =
        """
        route {
          rest_post("http://127.0.0.1:%d/", "$mb", , $var(body), , $var(status));
          hep_relay("sip:127.0.0.1:%d;transport=tcp");
          $var(x) = $var(nothing) + 1;
          $var(x) = 1 / 0;
          route(again);
        }
        route[again] {
          route(again);
        }
        """
            .formatted(nobody, nobody);
    try (var node = start(folder.resolve("policy.cfg"), script)) {
      for (int call = 0; call < 50; call++) {
        node.sendUdp(Messages.hep3(Messages.options("call-" + call, 1), 1_000_000L));
      }
      node.assertConserved(50);
      assertEquals(50, node.json("/api/dialogs").path("dialogs").size());
      var failures = node.json("/api/script").path("failures");
      assertTrue(failures.size() >= 3, failures::toString);
      for (var failure : failures) {
        assertEquals(50, failure.path("count").asLong(), failures::toString);
      }
    }
  }
}
