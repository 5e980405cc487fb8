package io.sipscope.node.script.rest;

import io.sipscope.node.script.run.World.Request;
import io.sipscope.node.script.run.World.Response;
import io.sipscope.persistence.statistics.Counters;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/// Asks HTTP servers for policy scripts. Nothing here blocks or throws: what fails is an answer
/// without a status. Redirects are not followed: a script's data goes where the script says.
public final class RestClient implements AutoCloseable {
  /// What a script is told of what failed, as OpenSIPS's functions give it.
  public static final int REFUSED = -1;

  public static final int CONNECT_TIMEOUT = -2;
  public static final int TRANSFER_TIMEOUT = -3;
  public static final int INTERNAL = -10;

  /// As many requests may be under way. A server that hangs holds one of them until the timeout; a
  /// script that asks for each message of a flood must not fill the heap.
  public static final int MAX_UNDER_WAY = 256;

  /// Longer answers are none that a script reads.
  public static final int MAX_ANSWER = 1 << 20;

  private static final String GROUP = "rest_client";
  private static final String USUAL_TYPE = "application/x-www-form-urlencoded";
  private static final String NO_CONNECTION = "no connection";
  private static final String CONNECTION_TOOK_LONG = "the connection took too long";
  private static final String ANSWER_TOOK_LONG = "the answer took too long";

  private final RestSettings settings;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;
  private final Semaphore room = new Semaphore(MAX_UNDER_WAY);
  private final LongAdder requests;
  private final LongAdder answers;
  private final LongAdder failures;
  private final LongAdder rejected;

  public RestClient(RestSettings settings, Counters counters) {
    this.settings = settings;
    client =
        HttpClient.newBuilder()
            .connectTimeout(settings.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
    requests = counters.counter(GROUP, "rest_requests");
    answers = counters.counter(GROUP, "rest_answers");
    failures = counters.counter(GROUP, "rest_failures");
    rejected = counters.counter(GROUP, "rest_rejected");
    counters.gauge(GROUP, "rest_under_way", () -> MAX_UNDER_WAY - room.availablePermits());
  }

  /// Above 0 when the server answered, whatever it said.
  public static int code(Response response) {
    if (response.status() > 0) {
      return 1;
    }
    return switch (response.failure()) {
      case NO_CONNECTION -> REFUSED;
      case CONNECTION_TOOK_LONG -> CONNECT_TIMEOUT;
      case ANSWER_TOOK_LONG -> TRANSFER_TIMEOUT;
      default -> INTERNAL;
    };
  }

  /// Never completes exceptionally.
  public CompletionStage<Response> ask(Request request) {
    if (!room.tryAcquire()) {
      rejected.increment();
      return CompletableFuture.completedFuture(
          failed(MAX_UNDER_WAY + " requests are under way, which is the most"));
    }
    requests.increment();
    return sent(request).handle(this::response).whenComplete((_, _) -> room.release());
  }

  private CompletableFuture<HttpResponse<byte[]>> sent(Request request) {
    try {
      var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER);
      var exchange = client.sendAsync(http(request), handler);
      // Cancelling is what ends an exchange; a timeout alone would only stop waiting for it.
      var timed = exchange.copy().orTimeout(settings.whole().toMillis(), TimeUnit.MILLISECONDS);
      var _ = timed.whenComplete((_, _) -> exchange.cancel(true));
      return timed;
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /// @throws IllegalArgumentException for a URI without a host, and for a type of odd letters
  private static HttpRequest http(Request request) {
    var builder = HttpRequest.newBuilder(request.uri());
    if (request.method().equals("GET")) {
      return builder.GET().build();
    }
    var type = request.contentType().isBlank() ? USUAL_TYPE : request.contentType();
    return builder
        .header("Content-Type", type)
        .method(request.method(), BodyPublishers.ofString(request.body()))
        .build();
  }

  private Response response(HttpResponse<byte[]> answer, Throwable trouble) {
    if (trouble != null) {
      failures.increment();
      return failed(sentence(trouble));
    }
    answers.increment();
    return new Response(
        answer.statusCode(),
        answer.headers().firstValue("Content-Type").orElse(""),
        new String(answer.body(), StandardCharsets.UTF_8),
        "");
  }

  private static Response failed(String sentence) {
    return new Response(0, "", "", sentence);
  }

  private static String sentence(Throwable trouble) {
    return switch (trouble) {
      case CompletionException e when e.getCause() != null -> sentence(e.getCause());
      case TimeoutException _ -> ANSWER_TOOK_LONG;
      case HttpConnectTimeoutException _ -> CONNECTION_TOOK_LONG;
      case ConnectException _ -> NO_CONNECTION;
      case IOException e -> "the exchange failed: " + e;
      default -> trouble.toString();
    };
  }

  /// Ends what is under way.
  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
