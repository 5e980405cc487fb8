package io.sipscope.http.reindex;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Asking;
import io.sipscope.http.Problem;
import io.sipscope.http.json.Json;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.reindex.Progress;
import io.sipscope.persistence.reindex.Rebuild;
import io.sipscope.persistence.reindex.Reindex;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Location;
import org.apache.pekko.http.javadsl.server.Route;

/// `POST /api/reindex` has this node build the index anew from the journal, `GET /api/reindex`
/// tells how far it has come. It goes on whether or not somebody asks.
public final class ReindexRoute {
  private static final String PATH = "/api/reindex";

  private final Reindex reindex;
  private final Asking asking;

  public ReindexRoute(Reindex reindex, Asking asking) {
    this.reindex = reindex;
    this.asking = asking;
  }

  public Route route() {
    return path(
        segment("api").slash("reindex"),
        () ->
            extractUri(
                uri -> {
                  var unused = Parameters.of(uri, Set.of());
                  return concat(
                      get(() -> complete(Json.ok(ProgressJson.of(reindex.progress())))),
                      post(() -> completeWithFuture(start())));
                }));
  }

  private CompletionStage<HttpResponse> start() {
    return asking.within(reindex.start()).handle(ReindexRoute::answer);
  }

  private static HttpResponse answer(Progress begun, Throwable failure) {
    if (failure == null) {
      return Json.ok(ProgressJson.of(begun))
          .withStatus(StatusCodes.ACCEPTED)
          .addHeader(Location.create(PATH));
    }
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return switch (cause) {
      case Rebuild.Underway underway -> Problem.of(409, underway.getMessage()).response();
      case Rebuild.Failed _ -> Problem.of(503, "The store does not answer.").response();
      default -> throw new CompletionException(cause);
    };
  }
}
