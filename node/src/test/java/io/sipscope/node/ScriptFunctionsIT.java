package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.sipscope.node.ingest.Messages;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a script tells others while a node runs: events to who subscribed, requests to a web
/// server, whose answer it goes on with.
class ScriptFunctionsIT {
  private static final int PATIENCE = 30_000;

  private static final String SCRIPT =
      """
      loadmodule "rest_client.so"
      modparam("rest_client", "connection_timeout", 5)
      modparam("rest_client", "curl_timeout", 5)
      route {
        $avp(name) = "method";
        $avp(value) = $rm;
        raise_event("E_MINE", $avp(name), $avp(value));
        async(rest_post("http://127.0.0.1:PORT/calls", "{\\"call\\": \\"$ci\\"}", "application/json",
            $var(body), $var(type), $var(status)), told);
        update_stat("never", "+1");
      }
      route[told] {
        update_stat("told_$var(status)_$var(body)", "+1");
      }
      """;

  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  private HttpServer server() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/calls",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          var body = "taken".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(201, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void anEventIsSubscribedToBeforeItIsRaisedAndAWebServerIsAsked(@TempDir Path folder)
      throws Exception {
    var server = server();
    var script = folder.resolve("policy.cfg");
    Files.writeString(script, SCRIPT.replace("PORT", "" + server.getAddress().getPort()));
    try (var node =
            TestNode.start("sipscope.store = memory\nsipscope.script.file = \"" + script + "\"");
        var socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      var mi = new Mi(node);
      var to = "[\"E_MINE\", \"udp:127.0.0.1:" + socket.getLocalPort() + "\", 60]";
      assertEquals("\"OK\"", mi.result("event_subscribe", to));
      node.sendUdp(Messages.hep3(Messages.options("one", 1), 1_000_000L));
      socket.setSoTimeout(PATIENCE);
      var packet = new DatagramPacket(new byte[1_000], 1_000);
      socket.receive(packet);
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"method\":\"E_MINE\",\"params\":{\"method\":\"OPTIONS\"}}",
          new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
      assertEquals("{\"call\": \"one\"}", asked.poll(PATIENCE, TimeUnit.MILLISECONDS));
      NodeApi.eventually(
          () -> {
            assertEquals("{\"dynamic:told_201_taken\":1}", statistics(mi, "dynamic:"));
            return null;
          });
      assertEquals("{\"rest_client:rest_answers\":1}", statistics(mi, "rest_answers"));
    } finally {
      server.stop(0);
    }
  }

  private static String statistics(Mi mi, String name) throws Exception {
    return mi.result("get_statistics", "{\"statistics\":[\"" + name + "\"]}");
  }
}
