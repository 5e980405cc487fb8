package io.sipscope.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.sipscope.testing.PgServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes, each with a script of its own: swapped together or not at all. Timers run on one
/// of them, whoever is killed.
class ScriptNodesIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Which nodes' timers ran, in order.
  private final List<String> ticks = new CopyOnWriteArrayList<>();

  private HttpServer web;

  @BeforeEach
  void hear() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          ticks.add(exchange.getRequestURI().getPath().substring(1));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    web.start();
  }

  @AfterEach
  void stop() {
    web.stop(0);
  }

  private String script(String node) {
    return """
    loadmodule "rest_client.so"
    timer_route[tick, 1] {
      rest_get("http://127.0.0.1:%d/%s", $var(body));
    }
    """
        .formatted(web.getAddress().getPort(), node);
  }

  @Test
  void theyAreSwappedTogetherAndOneRunsTheTimers(@TempDir Path a, @TempDir Path b, @TempDir Path c)
      throws Exception {
    var files = List.of(a.resolve("policy.cfg"), b.resolve("policy.cfg"), c.resolve("policy.cfg"));
    Files.writeString(files.get(0), script("first"));
    Files.writeString(files.get(1), script("second"));
    Files.writeString(files.get(2), script("third"));
    var ports = NodeProcess.freePorts();
    var database = PgServer.shared().newDatabase();
    try (var first = NodeProcess.start(a, ports, environment(database, ports, files.get(0)));
        var second =
            NodeProcess.start(
                b, NodeProcess.freePorts(), environment(database, ports, files.get(1)));
        var third =
            NodeProcess.start(
                c, NodeProcess.freePorts(), environment(database, ports, files.get(2)));
        var one = first.api();
        var other = second.api();
        var last = third.api()) {
      NodeApi.eventually(
          () -> {
            assertEquals(3, one.json("/api/cluster").path("members").size());
            assertEquals(3, last.json("/api/cluster").path("members").size());
            assertEquals(3, other.json("/api/cluster").path("members").size());
            assertTrue(ticks.size() > 3, ticks::toString);
            return null;
          });
      assertEquals(Set.of("first"), Set.copyOf(ticks));

      Files.writeString(files.get(0), script("first-anew"));
      Files.writeString(files.get(1), script("second-anew") + "route { nothing_like_it(); }");
      var refused = reload(one);
      assertFalse(refused.path("swapped").asBoolean(), refused::toString);
      assertEquals(script("first"), one.json("/api/script").path("text").asText());
      assertEquals(script("second"), other.json("/api/script").path("text").asText());
      for (var node : refused.path("nodes")) {
        boolean isSecond = node.path("node").equals(other.json("/api/script").path("node"));
        assertEquals(!isSecond, node.path("accepted").asBoolean(), refused::toString);
      }

      Files.writeString(files.get(1), script("second-anew"));
      var swapped = reload(other);
      assertTrue(swapped.path("swapped").asBoolean(), swapped::toString);
      assertEquals(3, swapped.path("nodes").size());
      assertEquals(script("first-anew"), one.json("/api/script").path("text").asText());
      assertEquals(script("second-anew"), other.json("/api/script").path("text").asText());
      NodeApi.eventually(
          () -> {
            assertTrue(ticks.contains("first-anew"), ticks::toString);
            return null;
          });
      assertEquals(Set.of("first", "first-anew"), Set.copyOf(ticks));

      first.kill();
      var away = reload(other);
      assertFalse(away.path("swapped").asBoolean(), away::toString);
      assertTrue(away.toString().contains("did not answer"), away::toString);
      NodeApi.eventually(
          () -> {
            assertEquals(2, other.json("/api/cluster").path("members").size());
            return null;
          });
      NodeApi.eventually(
          () -> {
            assertEquals(3, Set.copyOf(ticks).size(), ticks::toString); // second or third
            return null;
          });
      assertTrue(reload(other).path("swapped").asBoolean());
    }
  }

  private static JsonNode reload(NodeApi node) throws IOException, InterruptedException {
    var answer = node.post("/api/script/reload", new byte[0]);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body().getBytes(UTF_8));
  }

  private static Map<String, String> environment(
      String database, List<Integer> seedPorts, Path script) {
    var environment = new HashMap<String, String>();
    environment.put("SIPSCOPE_STORE", "postgres");
    environment.put("SIPSCOPE_POSTGRES_URL", database);
    environment.put("SIPSCOPE_POSTGRES_USER", PgServer.USER);
    environment.put("SIPSCOPE_SEED_NODES", "127.0.0.1:" + seedPorts.get(2));
    environment.put("SIPSCOPE_SCRIPT_FILE", script.toString());
    return environment;
  }
}
