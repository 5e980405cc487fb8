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
import io.sipscope.http.Actors;
import io.sipscope.http.Asking;
import io.sipscope.http.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /mi`: management commands as JSON-RPC 2.0, as OpenSIPS 3.x answers them, errors included:
/// 200 for every answer, 202 for a notification, 405 for GET, 406 for other methods. The route
/// translates and decides nothing.
public final class MiRoute {
  private static final Logger LOG = LoggerFactory.getLogger(MiRoute.class);

  /// A command is some hundred bytes.
  private static final long MAX_REQUEST_BYTES = 1 << 20;

  /// A request this short comes in one piece or not at all.
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// C's `ctime`, in UTC.
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Actors actors;
  private final Asking asking;
  private final Supplier<Instant> now;
  private final Instant upSince;

  public MiRoute(Actors actors, Asking asking, Supplier<Instant> now) {
    this.actors = actors;
    this.asking = asking;
    this.now = now;
    this.upSince = now.get();
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
    return reply(MiCommand.of(request.get("method").asText(), request.get("params")), id)
        .thenApply(
            reply ->
                id == null
                    ? HttpResponse.create().withStatus(StatusCodes.ACCEPTED)
                    : Json.ok(reply));
  }

  private CompletionStage<MiReply> reply(MiCommand command, JsonNode id) {
    return switch (command) {
      case MiCommand.Which(var name) -> now(which(name, id));
      case MiCommand.Version() ->
          now(MiReply.result(Map.of("Server", "Sipscope (" + version() + ")"), id));
      case MiCommand.Uptime() -> now(MiReply.result(uptime(), id));
      case MiCommand.GetStatistics(var names) ->
          asking
              .within(actors.statistics().get())
              .thenApply(values -> StatisticsReply.pick(values, names))
              .thenApply(
                  picked ->
                      picked.isEmpty()
                          ? MiReply.failure(MiReply.STATISTICS_NOT_FOUND, id)
                          : MiReply.result(picked, id))
              .exceptionally(failure -> failed(failure, id));
      case MiCommand.Unknown() -> now(MiReply.failure(MiReply.METHOD_NOT_FOUND, id));
      case MiCommand.BadParams(var why) -> now(MiReply.failure(MiReply.invalidParams(why), id));
      case MiCommand.BadRequest() -> now(MiReply.failure(MiReply.INVALID_REQUEST, id));
    };
  }

  private static MiReply failed(Throwable failure, JsonNode id) {
    LOG.warn("a management command failed", failure);
    return MiReply.failure(MiReply.serverError("Failed to read the statistics"), id);
  }

  private static MiReply which(Optional<String> name, JsonNode id) {
    if (name.isEmpty()) {
      return MiReply.result(MiName.ALL.stream().map(MiName::text).toList(), id);
    }
    return MiName.of(name.get())
        .map(known -> MiReply.result(known.recipes(), id))
        .orElseGet(() -> MiReply.failure(MiReply.UNKNOWN_COMMAND, id));
  }

  private Map<String, String> uptime() {
    var moment = now.get();
    var answer = new LinkedHashMap<String, String>();
    answer.put("Now", CTIME.format(moment));
    answer.put("Up since", CTIME.format(upSince));
    answer.put("Up time", Duration.between(upSince, moment).toSeconds() + " [sec]");
    return answer;
  }

  /// As in the jar's manifest; a class folder has none.
  private static String version() {
    return Optional.ofNullable(MiRoute.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private static <T> CompletionStage<T> now(T value) {
    return CompletableFuture.completedStage(value);
  }
}
