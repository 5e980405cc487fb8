package io.sipscope.http.statistics;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.http.Asking;
import io.sipscope.http.Problem;
import io.sipscope.http.json.Json;
import io.sipscope.http.mi.MiHttp;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.recording.Recording;
import io.sipscope.persistence.recording.RecordingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /api/statistics/recorded`: which statistics are recorded.
/// `PUT /api/statistics/recorded` with `{"names": [...]}`: records these from now on, on all nodes
/// and after a restart.
public final class RecordedRoute {
  private static final String NAMES = "names";

  private final RecordedNames recorded;
  private final RecordingSettings settings;
  private final Asking asking;

  public RecordedRoute(Recording recording, Asking asking) {
    this.recorded = new RecordedNames(recording);
    this.settings = recording.settings();
    this.asking = asking;
  }

  /// @param configured what is recorded as long as nobody chose
  private record RecordedJson(
      List<String> names, List<String> configured, long intervalMs, long keepMs) {}

  public Route route() {
    return path(
        segment("api").slash("statistics").slash("recorded"),
        () ->
            extractUri(
                uri -> {
                  Parameters.of(uri, Set.of());
                  return concat(
                      get(() -> answer(recorded.read())),
                      put(() -> MiHttp.body(body -> answer(recorded.choose(names(body))))));
                }));
  }

  private Route answer(CompletionStage<List<String>> names) {
    return completeWithFuture(asking.within(names).thenApply(chosen -> response(chosen)));
  }

  private HttpResponse response(List<String> names) {
    return Json.ok(
        new RecordedJson(
            names, settings.names(), settings.interval().toMillis(), settings.keep().toMillis()));
  }

  private static List<String> names(byte[] body) {
    var given = Json.read(body).map(tree -> tree.path(NAMES)).filter(JsonNode::isArray);
    if (given.isEmpty()) {
      throw refused("There is no list of names in the body (wanted: {\"names\": [...]})");
    }
    var names = new ArrayList<String>();
    given.get().forEach(name -> names.add(name.asText()));
    RecordedNames.refusal(names)
        .ifPresent(
            why -> {
              throw refused(why);
            });
    return names;
  }

  private static Problem.Refused refused(String why) {
    return Problem.badParameter(NAMES, why).refused();
  }
}
