package io.sipscope.http.script;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.entity;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.withSizeLimit;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.http.Problem;
import io.sipscope.http.json.Json;
import io.sipscope.http.query.Filters;
import io.sipscope.http.query.Parameters;
import io.sipscope.http.query.PlainGet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.server.PathMatcher0;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;

/// `/api/script`: the policy script of this node, what is wrong with another one, the swap on all
/// nodes, what each line costs, and what a script would do with stored dialogs.
public final class ScriptRoutes {
  private static final PathMatcher0 SCRIPT = segment("api").slash("script");

  private final PolicyScript script;

  public ScriptRoutes(PolicyScript script) {
    this.script = script;
  }

  private record Checked(List<Complaint> complaints) {}

  public Route route() {
    return concat(
        PlainGet.of(SCRIPT, () -> CompletableFuture.completedStage(Json.ok(script.state()))),
        sent("check", (uri, text) -> plain(uri, () -> complete(check(text)))),
        sent("reload", (uri, _) -> plain(uri, this::reload)),
        sent("profiling", (uri, text) -> plain(uri, () -> complete(profiling(text)))),
        sent("run", this::run));
  }

  /// A `POST` of a text.
  private static Route sent(String name, BiFunction<Uri, String, Route> then) {
    return path(
        SCRIPT.slash(name),
        () ->
            post(
                () ->
                    withSizeLimit(
                        PolicyScript.MAX_BYTES,
                        () ->
                            extractUri(
                                uri ->
                                    entity(
                                        Unmarshaller.entityToString(),
                                        text -> then.apply(uri, text))))));
  }

  /// A request without parameters.
  private static Route plain(Uri uri, Supplier<Route> then) {
    Parameters.of(uri, Set.of());
    return then.get();
  }

  private HttpResponse check(String text) {
    return Json.ok(new Checked(script.check(text)));
  }

  private Route reload() {
    return completeWithFuture(script.reload().thenApply(Json::ok));
  }

  private HttpResponse profiling(String body) {
    var on =
        Json.read(body.getBytes(StandardCharsets.UTF_8))
            .map(json -> json.path("on"))
            .filter(JsonNode::isBoolean)
            .orElseThrow(
                () -> Problem.of(400, "The body is no {\"on\":true} or {\"on\":false}.").refused());
    script.profiling(on.asBoolean());
    return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
  }

  /// It has a bound of time of its own.
  private Route run(Uri uri, String text) {
    var on = Filters.read(Parameters.of(uri, Filters.NAMES));
    return withoutRequestTimeout(
        () -> completeWithFuture(script.run(text, on).thenApply(ScriptRoutes::answer)));
  }

  private static HttpResponse answer(BackTest outcome) {
    return switch (outcome) {
      case BackTest.Done done -> Json.ok(done);
      case BackTest.Refused refused ->
          Json.ok(refused).withStatus(StatusCodes.UNPROCESSABLE_CONTENT);
      case BackTest.Busy _ ->
          Problem.of(409, "This node runs a script over stored dialogs already.").response();
    };
  }
}
