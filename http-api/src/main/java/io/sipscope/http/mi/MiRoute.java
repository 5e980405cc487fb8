package io.sipscope.http.mi;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractMethod;
import static org.apache.pekko.http.javadsl.server.Directives.extractStrictEntity;
import static org.apache.pekko.http.javadsl.server.Directives.extractUnmatchedPath;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.reject;
import static org.apache.pekko.http.javadsl.server.Directives.withSizeLimit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.http.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// `POST /mi`: management commands as JSON-RPC 2.0, as OpenSIPS 3.x answers them, errors included:
/// 200 for every answer, 202 for a notification, 405 for GET, 406 for other methods. The route
/// translates and decides nothing.
public final class MiRoute {
  /// A command is some hundred bytes.
  private static final long MAX_REQUEST_BYTES = 1 << 20;

  /// A request this short comes in one piece or not at all.
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final MiRegistry registry;

  public MiRoute(MiRegistry registry) {
    this.registry = registry;
  }

  public Route route() {
    return pathPrefix(
        "mi",
        () ->
            extractUnmatchedPath(
                rest ->
                    rest.isEmpty() || rest.startsWith("/")
                        ? extractMethod(this::byMethod)
                        : reject()));
  }

  private Route byMethod(HttpMethod method) {
    if (method.equals(HttpMethods.POST)) {
      return withSizeLimit(
          MAX_REQUEST_BYTES,
          () ->
              extractStrictEntity(
                  PATIENCE, entity -> completeWithFuture(answer(entity.getData().toArray()))));
    }
    return complete(
        method.equals(HttpMethods.GET)
            ? HttpResponse.create().withStatus(StatusCodes.METHOD_NOT_ALLOWED)
            : unsupported());
  }

  private static HttpResponse unsupported() {
    return HttpResponse.create()
        .withStatus(StatusCodes.NOT_ACCEPTABLE)
        .withEntity(
            HttpEntities.create(
                ContentTypes.TEXT_HTML_UTF8,
                "<html><body>Unsupported HTTP request!</body></html>"));
  }

  private CompletionStage<HttpResponse> answer(byte[] body) {
    if (body.length == 0) {
      return now(HttpResponse.create().withStatus(StatusCodes.BAD_REQUEST));
    }
    return parsed(body)
        .map(this::answer)
        .orElseGet(() -> now(Json.ok(MiReply.failure(MiReply.PARSE_ERROR, null))));
  }

  private static Optional<JsonNode> parsed(byte[] body) {
    try {
      return Optional.ofNullable(MAPPER.readTree(body)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new AssertionError("an array does not fail to be read", e);
    }
  }

  private CompletionStage<HttpResponse> answer(JsonNode request) {
    var id = request.get("id");
    if (!request.isObject()
        || !MiReply.VERSION.equals(request.path("jsonrpc").textValue())
        || !request.path("method").isTextual()) {
      return now(Json.ok(MiReply.failure(MiReply.INVALID_REQUEST, id)));
    }
    if (id != null && id.isContainerNode()) {
      return now(HttpResponse.create().withStatus(StatusCodes.INTERNAL_SERVER_ERROR));
    }
    return reply(request, id)
        .thenApply(
            reply ->
                id == null
                    ? HttpResponse.create().withStatus(StatusCodes.ACCEPTED)
                    : Json.ok(reply));
  }

  private CompletionStage<MiReply> reply(JsonNode request, JsonNode id) {
    var params = request.get("params");
    return switch (registry.named(request.get("method").asText())) {
      case MiRegistry.Named.Unknown _ -> now(MiReply.failure(MiReply.METHOD_NOT_FOUND, id));
      case MiRegistry.Named.Ambiguous(var names) ->
          now(MiReply.failure(MiReply.ambiguous(names), id));
      case MiRegistry.Named.Known _ when params != null && !params.isContainerNode() ->
          now(MiReply.failure(MiReply.INVALID_REQUEST, id));
      case MiRegistry.Named.Known(var command) ->
          MiRegistry.run(command, params).thenApply(outcome -> MiReply.of(outcome, id));
    };
  }

  private static <T> CompletionStage<T> now(T value) {
    return CompletableFuture.completedStage(value);
  }
}
