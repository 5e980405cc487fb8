package io.sipscope.http.script;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.entity;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.withSizeLimit;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.json.Json;
import io.sipscope.http.query.Parameters;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;

/// `GET /api/script`, `POST /api/script/check`, `POST /api/script/reload`: the policy script of
/// this node, what is wrong with another, and the swap on all nodes.
public final class ScriptRoutes {
  private final PolicyScript script;

  public ScriptRoutes(PolicyScript script) {
    this.script = script;
  }

  private record Checked(List<Complaint> complaints) {}

  public Route route() {
    return pathPrefix(
        segment("api").slash("script"),
        () ->
            concat(
                pathEnd(() -> get(() -> plain(() -> complete(Json.ok(script.state()))))),
                path("check", () -> post(() -> plain(this::check))),
                path("reload", () -> post(() -> plain(this::reload)))));
  }

  /// A request without parameters.
  private static Route plain(Supplier<Route> then) {
    return extractUri(
        uri -> {
          Parameters.of(uri, Set.of());
          return then.get();
        });
  }

  private Route check() {
    return withSizeLimit(
        PolicyScript.MAX_BYTES,
        () ->
            entity(
                Unmarshaller.entityToString(),
                text -> complete(Json.ok(new Checked(script.check(text))))));
  }

  private Route reload() {
    return onSuccess(script.reload(), outcome -> complete(Json.ok(outcome)));
  }
}
