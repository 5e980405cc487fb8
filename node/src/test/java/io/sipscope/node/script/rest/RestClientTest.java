package io.sipscope.node.script.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.sipscope.node.script.run.World.Request;
import io.sipscope.node.script.run.World.Response;
import io.sipscope.persistence.statistics.Counters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RestClientTest {
  private static final Duration WHOLE = Duration.ofSeconds(2);

  private final Counters counters = new Counters();
  private final RestClient client =
      new RestClient(new RestSettings(Duration.ofSeconds(10), Duration.ofSeconds(30)), counters);
  private final RestClient hasty = new RestClient(new RestSettings(WHOLE, WHOLE), new Counters());
  private final CountDownLatch ended = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/echo",
        exchange -> {
          var type = exchange.getRequestHeaders().getFirst("Content-Type");
          var body = exchange.getRequestBody().readAllBytes();
          var text = exchange.getRequestMethod() + " " + type + " ";
          exchange.getResponseHeaders().add("Content-Type", "text/x");
          exchange.sendResponseHeaders(201, 0);
          exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/away",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.createContext(
        "/huge",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            for (int sent = 0; sent <= RestClient.MAX_ANSWER; sent += 1 << 16) {
              out.write(new byte[1 << 16]);
            }
          }
        });
    server.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('a');
          exchange.getResponseBody().flush();
          awaitEnd();
          exchange.close();
        });
    server.start();
  }

  private void awaitEnd() {
    try {
      assertTrue(ended.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void end() {
    ended.countDown();
    server.stop(0);
    client.close();
    hasty.close();
  }

  private CompletableFuture<Response> ask(String method, String path, String body, String type) {
    return ask(client, method, path, body, type);
  }

  private CompletableFuture<Response> ask(
      RestClient by, String method, String path, String body, String type) {
    var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    return by.ask(new Request(method, uri, body, type)).toCompletableFuture();
  }

  @Test
  void aPostIsAnswered() {
    assertEquals(
        new Response(201, "text/x", "POST application/json {}", ""),
        ask("POST", "/echo", "{}", "application/json").join());
    assertEquals(
        "POST application/x-www-form-urlencoded a=b",
        ask("POST", "/echo", "a=b", "").join().body());
    assertEquals("GET null ", ask("GET", "/echo", "", "").join().body());
  }

  @Test
  void aRedirectIsAnAnswerLikeAnyOther() {
    assertEquals(302, ask("GET", "/away", "", "").join().status());
  }

  @Test
  void anAnswerThatIsTooLongIsNone() {
    var response = ask("GET", "/huge", "", "").join();
    assertEquals(0, response.status());
    assertEquals(RestClient.INTERNAL, RestClient.code(response));
  }

  @Test
  void anAnswerThatNeverEndsIsGivenUp() {
    assertEquals(
        RestClient.TRANSFER_TIMEOUT, RestClient.code(ask(hasty, "GET", "/slow", "", "").join()));
  }

  @Test
  void aServerThatIsNotThereIsRefused() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var request = new Request("GET", URI.create("http://127.0.0.1:" + port), "", "");
    var response = client.ask(request).toCompletableFuture().join();
    assertEquals(RestClient.REFUSED, RestClient.code(response));
  }

  @Test
  void aUriWithoutAHostIsAFailure() {
    var request = new Request("POST", URI.create("https://WEB_SERVER"), "{}", "");
    var response = client.ask(request).toCompletableFuture().join();
    assertEquals(RestClient.INTERNAL, RestClient.code(response));
  }

  @Test
  void noMoreAreUnderWayThanTheBoundAndTheRoomComesBack() {
    var asked = new ArrayList<CompletableFuture<Response>>();
    for (int count = 0; count < RestClient.MAX_UNDER_WAY; count++) {
      asked.add(ask(hasty, "GET", "/slow", "", ""));
    }
    var refused = ask(hasty, "GET", "/slow", "", "");
    assertTrue(refused.isDone());
    assertEquals(0, refused.join().status());
    asked.forEach(CompletableFuture::join);
    assertEquals(201, ask(hasty, "GET", "/echo", "", "").join().status());
  }
}
