package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import io.sipscope.persistence.trace.Proxied;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daily push of statistics, as it is shipped, with days of two seconds.
class DailyPushIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final List<String> pushed = new CopyOnWriteArrayList<>();
  private HttpServer web;

  @BeforeEach
  void listen() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext("/opensips", this::take);
    web.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    pushed.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    var body = "taken".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @AfterEach
  void close() {
    web.stop(0);
  }

  private TestNode start() throws IOException {
    var file = folder.resolve("policy.cfg");
    Files.writeString(
        file,
        Tutorial.script("daily-statistics.cfg")
            .replace("PERIOD 86400", "PERIOD 2")
            .replace(
                "https://statistics.example.com",
                "http://127.0.0.1:" + web.getAddress().getPort()));
    return TestNode.start(Tutorial.settings(file, folder));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private long sum(String pointer) {
    return pushed.stream().mapToLong(text -> read(text).at(pointer).asLong()).sum();
  }

  @Test
  void whatWasCountedIsPushedOnceAndThenCountedAnew() throws Exception {
    var call = Proxied.answeredCall();
    long bytes = call.captures().stream().mapToLong(one -> one.sip().length()).sum();
    try (var node = start();
        var hep = node.hepTcp()) {
      Tutorial.send(hep.getOutputStream(), call.captures());
      NodeApi.eventually(
          () -> {
            assertEquals(13, sum("/packet/count"), pushed::toString);
            assertEquals(bytes, sum("/packet/total_size"));
            assertEquals(2, sum("/method/INVITE"));
            assertEquals(2, sum("/method/ACK"));
            assertEquals(2, sum("/method/BYE"));
            return null;
          });
      var first =
          "{\"method\":{\"INVITE\":2,\"ACK\":2,\"BYE\":2},\"packet\":{\"count\":13,\"total_size\":"
              + bytes
              + "}}";
      if (pushed.stream().filter(text -> !text.contains(":{}")).count() == 1) {
        assertEquals(first, pushed.getLast()); // the whole call was within one day, as usual
      }
      int before = pushed.size();
      NodeApi.eventually(
          () -> {
            assertTrue(pushed.size() > before);
            return null;
          });
      assertEquals(
          "{\"method\":{\"INVITE\":0,\"ACK\":0,\"BYE\":0},\"packet\":{\"count\":0,\"total_size\":0}}",
          pushed.getLast());
      Tutorial.send(hep.getOutputStream(), other().captures());
      NodeApi.eventually(
          () -> {
            assertEquals(15, sum("/packet/count"), pushed::toString);
            assertEquals(1, sum("/method/MESSAGE"));
            assertEquals(2, sum("/method/INVITE"));
            return null;
          });
    }
  }

  private static Proxied other() {
    return new Proxied().requestIn("MESSAGE", 7, "").replyOut("200 OK", 7, "MESSAGE", "b1");
  }
}
