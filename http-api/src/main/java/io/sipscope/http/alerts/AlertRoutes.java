package io.sipscope.http.alerts;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Asking;
import io.sipscope.http.Problem;
import io.sipscope.http.json.Json;
import io.sipscope.http.mi.MiHttp;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.alerts.Alert;
import io.sipscope.persistence.alerts.AlertBook;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /api/alerts`: the rules and how each is doing. `PUT /api/alerts/{name}` adds or replaces
/// one, `DELETE` ends it: on all nodes and after a restart.
public final class AlertRoutes {
  private final AlertBook book;
  private final Asking asking;

  public AlertRoutes(AlertBook book, Asking asking) {
    this.book = book;
    this.asking = asking;
  }

  private record AlertsJson(List<AlertJson> alerts) {
    static AlertsJson of(List<Alert> alerts) {
      return new AlertsJson(alerts.stream().map(AlertJson::of).toList());
    }
  }

  public Route route() {
    return pathPrefix(
        segment("api").slash("alerts"),
        () ->
            concat(
                pathEnd(() -> get(() -> plain(() -> asking.within(all())))),
                path(
                    segment(),
                    name ->
                        concat(
                            put(() -> MiHttp.body(body -> plain(() -> keep(name, body)))),
                            delete(() -> plain(() -> end(name)))))));
  }

  /// A request without parameters.
  private static Route plain(Supplier<CompletionStage<HttpResponse>> answer) {
    return extractUri(
        uri -> {
          Parameters.of(uri, Set.of());
          return completeWithFuture(answer.get());
        });
  }

  private CompletionStage<HttpResponse> all() {
    return book.alerts().thenApply(alerts -> Json.ok(AlertsJson.of(alerts)));
  }

  private CompletionStage<HttpResponse> keep(String name, byte[] body) {
    var rule = AlertReading.read(name, body);
    return asking
        .within(book.put(rule))
        .thenApply(
            outcome ->
                switch (outcome) {
                  case DONE, UNKNOWN -> Json.ok(AlertJson.of(book.alert(rule)));
                  case TOO_MANY ->
                      Problem.of(409, "There are " + AlertBook.MOST + " alerts already.")
                          .response();
                });
  }

  private CompletionStage<HttpResponse> end(String name) {
    return asking
        .within(book.delete(name))
        .thenApply(
            outcome ->
                switch (outcome) {
                  case DONE, TOO_MANY -> HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
                  case UNKNOWN -> Problem.of(404, "There is no alert \"" + name + "\".").response();
                });
  }
}
