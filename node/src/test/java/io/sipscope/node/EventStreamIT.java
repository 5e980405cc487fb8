package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Events as they happen, by HTTP, of two nodes.
class EventStreamIT {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestNode first;
  private static TestNode second;

  @BeforeAll
  static void start() {
    first = TestNode.start("sipscope.store = memory");
    second =
        TestNode.start(
            "sipscope.store = memory\nsipscope.cluster.seed-nodes = \""
                + first.node().clusterAddress()
                + '"');
    NodeApi.eventually(
        () -> {
          var nodes =
              new Mi(first).answer("cluster_list", "{}").path("result").path("Clusters").path(0);
          assertEquals(2, nodes.path("Nodes").size());
          return null;
        });
  }

  @AfterAll
  static void stop() {
    second.close();
    first.close();
  }

  /// One who reads `/api/events`.
  private static final class Watcher implements AutoCloseable {
    private final HttpURLConnection connection;
    private final BufferedReader lines;

    private Watcher(TestNode node, String query) throws IOException {
      connection =
          (HttpURLConnection)
              URI.create("http://" + Node.shown(node.node().httpAddress()) + "/api/events" + query)
                  .toURL()
                  .openConnection();
      connection.setReadTimeout(PATIENCE_MILLIS);
      assertEquals("text/event-stream", connection.getContentType().replaceFirst(";.*", ""));
      lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    /// The lines up to the next empty one, comments and `retry` left out.
    private String next() throws IOException {
      var block = new StringBuilder();
      while (true) {
        var line = lines.readLine();
        if (line == null) {
          throw new IOException("the stream ended");
        }
        if (line.isEmpty()) {
          if (block.length() > 0) {
            return block.toString();
          }
        } else if (!line.startsWith(":") && !line.startsWith("retry:")) {
          block.append(line).append('\n');
        }
      }
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }

  private static String data(String block) {
    return block
        .lines()
        .filter(line -> line.startsWith("data: "))
        .findFirst()
        .orElseThrow()
        .substring("data: ".length());
  }

  private static String id(String block) {
    return block
        .lines()
        .filter(line -> line.startsWith("id: "))
        .findFirst()
        .orElseThrow()
        .substring("id: ".length());
  }

  @Test
  void whatHappensOnAnotherNodeIsShownAndResumed() throws Exception {
    var other = new Mi(second);
    String last;
    try (var watcher = new Watcher(first, "?names=E_SCRIPT_MSG")) {
      NodeApi.eventually(
          () -> {
            assertEquals(
                "\"OK\"", other.result("raise_event", "[\"E_SCRIPT_MSG\", [\"a\", \"b\"]]"));
            return null;
          });
      var block = watcher.next();
      assertTrue(block.contains("event: event\n"), block);
      var told = JSON.readTree(data(block));
      assertEquals("E_SCRIPT_MSG", told.path("name").asText());
      assertEquals("[\"a\",\"b\"]", told.path("params").toString());
      assertTrue(told.path("node").asText().endsWith(second.node().clusterAddress()), block);
      last = id(block);
    }
    assertEquals("\"OK\"", other.result("raise_event", "[\"E_SCRIPT_MSG\", \"{\\\"n\\\":5}\"]"));
    try (var watcher = new Watcher(first, "?names=E_SCRIPT_MSG&lastEventId=" + last)) {
      assertEquals("{\"n\":5}", JSON.readTree(data(watcher.next())).path("params").toString());
    }
  }

  @Test
  void whatHappensSeldomIsThereForWhoComesLate() {
    NodeApi.eventually(
        () -> {
          var sr = new Mi(first);
          sr.result("sip_capture", "[\"off\"]");
          sr.result("sip_capture", "[\"on\"]");
          var recent = JSON.readTree(first.get("/api/events/recent?limit=500").body());
          assertTrue(
              recent.path("events").findValuesAsText("name").contains("E_CORE_SR_STATUS_CHANGED"),
              recent.toString());
          return null;
        });
  }

  @Test
  void whatCannotBeWatchedIsRefused() throws Exception {
    assertEquals(400, first.get("/api/events?names=E_NOBODY").statusCode());
    assertEquals(400, first.get("/api/events?lastEventId=x").statusCode());
    assertEquals(400, first.get("/api/events/recent?limit=0").statusCode());
  }
}
