package io.sipscope.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What no well-bred client library sends, written to a socket byte by byte.
class BadRequestTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static ServerBinding open;

  @BeforeAll
  static void bind() {
    var settings = new HttpSettings("127.0.0.1", 0, List.of(), Duration.ofSeconds(5));
    var actors = withoutStatistics(new OneDialog().on(KIT).actors(KIT));
    open = OneDialog.bind(KIT, actors, settings);
  }

  private static Actors withoutStatistics(Actors node) {
    var figures = node.figures();
    return new Actors(
        node.dialogs(),
        node.live(),
        node.imports(),
        new Figures(
            figures.counters(), new StatisticsAway(), figures.measures(), figures.recording()),
        node.node(),
        node.cluster(),
        node.agents(),
        node.internals(),
        node.tracer(),
        node.script(),
        node.traces(),
        node.alerts());
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /api/dialogs/%zz       | Host: localhost                                | 400
          GET /api/dialogs?from=a[b  | Host: localhost                                | 400
          GET /api/dialogs           | X-No: host                                     | 400
          BREW /api/dialogs          | Host: localhost                                | 501
          DELETE /api/dialogs        | Host: localhost                                | 405
          GET /api/captures          | Host: localhost                                | 405
          GET /mix                   | Host: localhost                                | 404
          POST /mix                  | Host: localhost                                | 405
          POST /api/captures         | Host: a.localhost;Content-Encoding: gzip       | 400
          GET /json/kill             | Host: localhost;Sec-Fetch-Site: cross-site     | 403
          GET /xml/kill              | Host: localhost;Origin: http://evil.example    | 403
          POST /api/captures         | Host: a.localhost;Content-Encoding: br         | 415
          POST /api/captures         | Host: a.localhost;Content-Type: multipart/form-data; boundary=b | 415
          POST /api/captures         | Host: localhost;Transfer-Encoding: chunked     | 400
          """)
  void everyRefusalIsAProblem(String target, String headers, int status) throws IOException {
    var answer = sent(target, headers, "hello");
    assertEquals("HTTP/1.1 " + status, answer.substring(0, 12), answer);
    assertTrue(answer.contains("Content-Type: application/problem+json\r\n"), answer);
    assertTrue(answer.contains("\"status\":" + status), answer);
  }

  private static final String JSON = "Host: localhost;Content-Type: application/json";

  @Test
  void aBodyOverTheLimitIsToldSo() throws IOException {
    var answer = sent("POST /mi", JSON, " ".repeat((1 << 20) + 1));
    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
  }

  @Test
  void whatFailsUnderMiIsAnErrorOfItsProtocol() throws IOException {
    var ask = "{'jsonrpc':'2.0','method':'reset_all_statistics','id':7}";
    var answer = sent("POST /mi", JSON, ask.replace('\'', '"'));
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.contains("{\"code\":-32000,\"message\":\"Server error\""), answer);
    assertTrue(answer.endsWith(",\"id\":7}"), answer);
  }

  @Test
  void theVersionOfJsonRpcIsATextAndNoNumber() throws IOException {
    var answer = sent("POST /mi", JSON, "{\"jsonrpc\":2.0,\"method\":\"which\"}");
    assertTrue(answer.contains("\"code\":-32600"), answer);
  }

  @ParameterizedTest
  @CsvSource({"/api/dialogs", "/metrics", "/alive", "/openapi.yaml"})
  void headIsAnsweredWhereGetIs(String path) throws IOException {
    var answer = sent("HEAD " + path, "Host: localhost", "");
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  private static String sent(String target, String headers, String body) throws IOException {
    boolean chunked = headers.contains("chunked");
    var length = chunked || body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    var head =
        target
            + " HTTP/1.1\r\nConnection: close\r\n"
            + headers.replace("; ", "\0").replace(";", "\r\n").replace("\0", "; ")
            + "\r\n"
            + length
            + "\r\n";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), open.localAddress().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
