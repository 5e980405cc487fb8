package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// A node's API as a client outside sees it.
public class NodeApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final InetSocketAddress address;

  public NodeApi(InetSocketAddress address) {
    this.address = address;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + address.getPort() + path);
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  public JsonNode json(String path) throws IOException, InterruptedException {
    var answer = get(path);
    assertEquals(200, answer.statusCode(), path + ": " + answer.body());
    return JSON.readTree(answer.body());
  }

  public HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  public HttpResponse<String> post(String path, byte[] body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path))
            .timeout(PATIENCE.multipliedBy(4))
            .header(
                "Content-Type",
                path.startsWith("/mi") ? "application/json" : "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /// Uploads a capture file; answers the report.
  public JsonNode importCapture(byte[] file) throws IOException, InterruptedException {
    var answer = post("/api/captures", file);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  public static String encoded(String callId) {
    return URLEncoder.encode(callId, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public JsonNode messages(String callId) throws IOException, InterruptedException {
    return json("/api/dialogs/" + encoded(callId) + "/messages").path("messages");
  }

  private static final Pattern INGEST_METRIC =
      Pattern.compile("sipscope_ingest_(\\w+?)(?:_total)?(?:\\{reason=\"(\\w+)\"\\})? (\\S+)");

  /// What `/metrics` says of the ingest: `received`, `persisted`, `malformed_start_line`...
  public Map<String, Long> ingestMetrics() throws IOException, InterruptedException {
    var values = new TreeMap<String, Long>();
    for (var line : get("/metrics").body().lines().toList()) {
      var metric = INGEST_METRIC.matcher(line);
      if (metric.matches()) {
        var reason = metric.group(2) == null ? "" : "_" + metric.group(2);
        values.put(metric.group(1) + reason, (long) Double.parseDouble(metric.group(3)));
      }
    }
    return values;
  }

  /// Waits until nothing is in flight and asserts the law: what was received is stored, or counted
  /// under the reason why not.
  public Map<String, Long> assertConserved(long received) {
    return eventually(
        () -> {
          var values = ingestMetrics();
          assertEquals(0, values.get("in_flight"), values::toString);
          assertEquals(received, values.get("received"), values::toString);
          long accounted =
              values.entrySet().stream()
                  .filter(entry -> entry.getKey().matches("persisted|malformed_.*|dropped_.*"))
                  .mapToLong(Map.Entry::getValue)
                  .sum();
          assertEquals(received, accounted, values::toString);
          return values;
        });
  }

  /// Asserts until it holds, for as long as a test may wait.
  public static <T> T eventually(Callable<T> assertion) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return assertion.call();
      } catch (AssertionError | Exception e) {
        if (System.nanoTime() > end) {
          throw new AssertionError("not within " + PATIENCE, e);
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
