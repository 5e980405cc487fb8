package io.sipscope.http.otlp;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Problem;
import io.sipscope.http.dialogs.DialogReader;
import io.sipscope.http.json.Json;
import io.sipscope.protocol.dialog.Rung;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// `/api/dialogs/{call-id}/otlp`: `POST` sends the dialog's trace to the collector, `GET` shows it.
public final class OtlpRoute {
  private final TraceExport export;
  private final DialogReader reader;
  private final LongSupplier now;

  /// @param now nanoseconds since the epoch
  public OtlpRoute(TraceExport export, DialogReader reader, LongSupplier now) {
    this.export = export;
    this.reader = reader;
    this.now = now;
  }

  private record Exported(String traceId) {}

  public Route route() {
    return path(
        segment("api").slash("dialogs").slash(segment()).slash("otlp"),
        callId ->
            concat(
                get(() -> completeWithFuture(of(callId, this::shown))),
                post(() -> completeWithFuture(of(callId, this::sent)))));
  }

  private CompletionStage<HttpResponse> of(
      String callId, BiFunction<String, List<Rung>, HttpResponse> answer) {
    return reader
        .row(callId, now.getAsLong())
        .thenCompose(
            row ->
                reader
                    .rungs(row.key(), Long.MAX_VALUE, 0)
                    .thenApply(read -> answered(row.key(), read.rungs(), answer)));
  }

  private static HttpResponse answered(
      String key, List<Rung> rungs, BiFunction<String, List<Rung>, HttpResponse> answer) {
    return rungs.isEmpty()
        ? Problem.of(404, "There is no message of \"" + key + "\" to make a trace of.").response()
        : answer.apply(key, rungs);
  }

  private HttpResponse shown(String key, List<Rung> rungs) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, export.json(key, rungs)));
  }

  private HttpResponse sent(String key, List<Rung> rungs) {
    return switch (export.export(key, rungs)) {
      case TAKEN -> Json.ok(new Exported(export.traceId(key))).withStatus(StatusCodes.ACCEPTED);
      case OFF ->
          Problem.of(409, "There is no collector: sipscope.otlp.endpoint is not set.").response();
      case FULL ->
          Problem.of(503, "The collector is slow or away, and as many traces wait for it as may.")
              .response();
    };
  }
}
