package io.sipscope.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.http.access.ApiKey;
import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who shows no key is let in nowhere but at the probes.
class ApiKeysTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String KEY = "correct horse";
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static ServerBinding locked;
  private static ServerBinding open;

  @BeforeAll
  static void bind() {
    var node = new OneDialog().on(KIT);
    locked = bound(node, List.of(new ApiKey("me", Bytes.of(KEY).sha256Hex())));
    open = bound(node, List.of());
  }

  private static ServerBinding bound(OneDialog node, List<ApiKey> keys) {
    var settings = new HttpSettings("127.0.0.1", 0, keys, Duration.ofSeconds(5));
    return OneDialog.bind(KIT, node.actors(KIT), settings);
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/dialogs",
        "/api/messages",
        "/api/live",
        "/api/agents",
        "/api/cluster",
        "/api/reindex",
        "/api/statistics",
        "/api/events",
        "/api/events/recent",
        "/api/events/subscribers",
        "/api/alerts",
        "/api/script",
        "/api/dialogs/x/otlp",
        "/api/statistics/history",
        "/api/pcap",
        "/api/hep",
        "/metrics",
        "/mi",
        "/openapi.yaml",
        "/api/dialogs/x/ladder",
        "/assets/x.js",
        "/nothing"
      })
  void everyPathButTheProbesNeedsAKey(String path) throws Exception {
    assertEquals(401, get(path).statusCode());
    assertEquals(401, get(path, "Authorization", "Bearer wrong").statusCode());
  }

  @Test
  void aKeyOpensInAnyOfThreeWays() throws Exception {
    var basic = Base64.getEncoder().encodeToString(("any:" + KEY).getBytes(StandardCharsets.UTF_8));
    assertEquals(200, get("/api/dialogs", "Authorization", "Bearer " + KEY).statusCode());
    assertEquals(200, get("/api/dialogs", "Authorization", "Basic " + basic).statusCode());
    assertEquals(200, get("/api/dialogs", "X-API-Key", KEY).statusCode());
    assertEquals(200, get("/alive").statusCode());
  }

  @Test
  void apiKeysAreNotShownAndPagesOfOthersCannotPost() throws Exception {
    assertEquals("ApiKey(me)", new ApiKey("me", Bytes.of(KEY).sha256Hex()).toString());
    var forged =
        HttpRequest.newBuilder(uri(open, "/mi"))
            .header("Origin", "http://evil.example")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertEquals(403, CLIENT.send(forged, BodyHandlers.discarding()).statusCode());
  }

  private static HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri(locked, path)).timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static URI uri(ServerBinding server, String path) {
    return URI.create("http://127.0.0.1:" + server.localAddress().getPort() + path);
  }
}
