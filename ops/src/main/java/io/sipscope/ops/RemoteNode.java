package io.sipscope.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// A node as its HTTP API shows it; the options that say which one.
final class RemoteNode implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// What a node says of a failure is a few hundred bytes.
  private static final int MAX_PROBLEM = 1 << 16;

  @Option(
      names = "--url",
      defaultValue = "${env:SIPSCOPE_URL:-http://127.0.0.1:8888}",
      description = "The node (default: $SIPSCOPE_URL or http://127.0.0.1:8888).")
  private URI url;

  @Option(
      names = "--api-key",
      defaultValue = "${env:SIPSCOPE_API_KEY}",
      description = "An API key of the node (default: $SIPSCOPE_API_KEY).")
  private String apiKey;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  /// For picocli, which sets the options.
  RemoteNode() {}

  /// A node that needs no key.
  RemoteNode(URI url) {
    this.url = url;
  }

  /// An answer with its status, body parsed.
  record Answer(int status, JsonNode body) {
    boolean succeeded() {
      return status / 100 == 2;
    }

    /// What a problem (RFC 9457) says, or at least the status.
    String problem() {
      var title = body.path("title").asText("");
      var detail = body.path("detail").asText("");
      if (title.isEmpty() && detail.isEmpty()) {
        return "HTTP status " + status;
      }
      return detail.isEmpty() ? title : title.isEmpty() ? detail : title + ": " + detail;
    }
  }

  /// The node understood, and says why it does not.
  static final class Refused extends Failure {
    private static final long serialVersionUID = 1L;

    private Refused(String problem) {
      super(problem);
    }
  }

  Answer get(String path, Duration patience) throws Failure, InterruptedException {
    return send(request(path).timeout(patience).GET().build());
  }

  /// An answer that is read as it comes, however long it is.
  InputStream stream(String path) throws Failure, InterruptedException {
    var answer = exchanged(request(path).GET().build(), BodyHandlers.ofInputStream());
    if (answer.statusCode() / 100 == 2) {
      return answer.body();
    }
    try (var body = answer.body()) {
      var problem = new String(body.readNBytes(MAX_PROBLEM), StandardCharsets.UTF_8);
      throw new Refused(new Answer(answer.statusCode(), parsed(problem)).problem());
    } catch (IOException e) {
      throw new Failure(url + " did not answer: " + e.getMessage(), e);
    }
  }

  /// Waits as long as the node takes: a large capture is answered after it is stored.
  Answer post(String path, String contentType, BodyPublisher body)
      throws Failure, InterruptedException {
    return send(request(path).header("Content-Type", contentType).POST(body).build());
  }

  static String encoded(String pathSegment) {
    return URLEncoder.encode(pathSegment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) throws Failure {
    var base = url.toString();
    try {
      var target = URI.create(base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
      var request = HttpRequest.newBuilder(URI.create(target + path));
      Optional.ofNullable(apiKey)
          .filter(key -> !key.isBlank())
          .ifPresent(key -> request.header("Authorization", "Bearer " + key));
      return request;
    } catch (IllegalArgumentException e) {
      throw new Failure("--url " + base + " is no http or https URL", e);
    }
  }

  private Answer send(HttpRequest request) throws Failure, InterruptedException {
    var response = exchanged(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), parsed(response.body()));
  }

  private <T> HttpResponse<T> exchanged(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws Failure, InterruptedException {
    try {
      var response = client.send(request, body);
      if (response.statusCode() == 401) {
        throw new Failure(url + " wants an API key: give --api-key or SIPSCOPE_API_KEY");
      }
      return response;
    } catch (ConnectException e) {
      throw new Failure("no node answers at " + url + " (start one: ops/sipscope serve)", e);
    } catch (IOException e) {
      throw new Failure(url + " did not answer: " + e.getMessage(), e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
