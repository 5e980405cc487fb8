package io.sipscope.http.query;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.PathMatcher0;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET` of something there is one of. It takes no parameters, and says so to who gives some.
public final class PlainGet {
  private PlainGet() {}

  public static Route of(PathMatcher0 path, Supplier<CompletionStage<HttpResponse>> answer) {
    return path(
        path,
        () ->
            get(
                () ->
                    extractUri(
                        uri -> {
                          Parameters.of(uri, Set.of());
                          return completeWithFuture(answer.get());
                        })));
  }
}
