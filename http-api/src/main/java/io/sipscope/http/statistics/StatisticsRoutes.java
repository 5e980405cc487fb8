package io.sipscope.http.statistics;

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
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Reading;
import io.sipscope.persistence.statistics.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /api/statistics?names=&node=`: values of all nodes together, or of one, and what they mean.
/// `POST /api/statistics/reset?names=`: counters begin at 0 again, on all nodes.
public final class StatisticsRoutes {
  private static final String NODE = "node";

  private final ClusterStatistics statistics;
  private final Asking asking;

  public StatisticsRoutes(ClusterStatistics statistics, Asking asking) {
    this.statistics = statistics;
    this.asking = asking;
  }

  /// @param unknown names that no statistic has
  private record ValuesJson(
      Map<String, Long> values,
      List<StatisticJson> statistics,
      int nodes,
      String node,
      List<String> unknown) {}

  private record StatisticJson(
      String name,
      String group,
      long value,
      String kind,
      boolean resettable,
      String unit,
      String across,
      String meaning) {
    static StatisticJson of(Reading reading) {
      var description = reading.description();
      return new StatisticJson(
          reading.name().toString(),
          reading.name().group(),
          reading.value(),
          lower(description.kind()),
          description.kind().isResettable(),
          description.unit(),
          lower(description.across()),
          description.meaning());
    }
  }

  private record ResetJson(List<String> reset, List<String> unreached) {}

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  public Route route() {
    return concat(
        path(
            segment("api").slash("statistics"),
            () -> get(() -> extractUri(uri -> complete(Json.ok(values(uri)))))),
        path(
            segment("api").slash("statistics").slash("reset"),
            () -> post(() -> extractUri(uri -> completeWithFuture(reset(uri))))));
  }

  private ValuesJson values(Uri uri) {
    var names = Names.of(uri);
    var node = Parameters.of(Names.without(uri), Set.of(NODE)).text(NODE);
    var values = node.map(this::valuesOf).orElseGet(statistics::read);
    var found = names.in(values, Names.ALL);
    var byName = new LinkedHashMap<String, Long>();
    found.forEach(reading -> byName.put(reading.name().toString(), reading.value()));
    return new ValuesJson(
        byName,
        found.stream().map(StatisticJson::of).toList(),
        values.nodes(),
        node.orElse(null),
        names.unknownIn(values));
  }

  private Values valuesOf(String node) {
    return statistics
        .read(node)
        .orElseThrow(
            () ->
                Problem.of(
                        404,
                        "There is no node \"" + node + "\" (wanted: an address of /api/cluster)")
                    .refused());
  }

  private CompletionStage<HttpResponse> reset(Uri uri) {
    var names = Names.of(uri);
    var unused = Parameters.of(Names.without(uri), Set.of());
    if (names.isEmpty()) {
      throw Problem.badParameter(
              Names.PARAMETER, "No names are given (wanted: all, group:, name or group:name)")
          .refused();
    }
    var meant =
        names.in(statistics.read(), List.of()).stream()
            .filter(reading -> reading.description().kind().isResettable())
            .map(Reading::name)
            .toList();
    return asking
        .within(statistics.reset(meant))
        .thenApply(
            unreached ->
                Json.ok(new ResetJson(meant.stream().map(Object::toString).toList(), unreached)));
  }
}
