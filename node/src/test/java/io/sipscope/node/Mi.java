package io.sipscope.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Management commands as a client of OpenSIPS 3.x sends them.
public final class Mi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final NodeApi node;

  public Mi(NodeApi node) {
    this.node = node;
  }

  /// @param params JSON
  public String raw(String method, String params) throws IOException, InterruptedException {
    var request =
        """
        {"jsonrpc":"2.0","id":"7","method":"%s","params":%s}\
        """
            .formatted(method, params);
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(node.uri("/mi"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(request))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /// The `result`, as JSON.
  public String result(String method, String params) throws IOException, InterruptedException {
    return answer(method, params).path("result").toString();
  }

  public JsonNode answer(String method, String params) throws IOException, InterruptedException {
    return JSON.readTree(raw(method, params));
  }

  /// The code, message and data of an error.
  public String error(String method, String params) throws IOException, InterruptedException {
    return answer(method, params).path("error").toString();
  }
}
