package io.sipscope.http.statistics;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Asking;
import io.sipscope.http.Problem;
import io.sipscope.http.json.Json;
import io.sipscope.http.json.Rfc3339;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.recording.Recording;
import io.sipscope.persistence.recording.Sample;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Reading;
import io.sipscope.persistence.statistics.StatisticName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /api/statistics/history?names=&start=&end=&step=`: what was recorded, a point for each step
/// that has a sample: the last value in it, at the time the step begins. A step without a sample
/// has no point.
public final class HistoryRoute {
  private static final String START = "start";
  private static final String END = "end";
  private static final String STEP = "step";

  private static final long NANOS = 1_000_000;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long SHORTEST_STEP = Duration.ofSeconds(1).toMillis();

  /// Points of one series in an answer: more than any screen is wide, and an hour of seconds.
  private static final int MAX_POINTS = 10_000;

  /// Points of all series in an answer: some ten megabytes of it.
  private static final int MAX_POINTS_IN_ALL = 200_000;

  /// Points of a series where no step is given.
  private static final int POINTS = 360;

  /// Series in an answer.
  private static final int MAX_SERIES = 100;

  private final Recording recording;
  private final ClusterStatistics statistics;
  private final Asking asking;
  private final LongSupplier now;

  /// @param now nanoseconds since the epoch
  public HistoryRoute(
      Recording recording, ClusterStatistics statistics, Asking asking, LongSupplier now) {
    this.recording = recording;
    this.statistics = statistics;
    this.asking = asking;
    this.now = now;
  }

  /// Milliseconds.
  private record Span(long start, long end, long step) {}

  /// @param step milliseconds
  private record HistoryJson(String start, String end, long step, List<SeriesJson> series) {}

  private record SeriesJson(String name, String unit, String meaning, List<PointJson> points) {}

  private record PointJson(String time, long value) {}

  public Route route() {
    return path(
        segment("api").slash("statistics").slash("history"),
        () -> get(() -> extractUri(uri -> completeWithFuture(history(uri)))));
  }

  private CompletionStage<HttpResponse> history(Uri uri) {
    var asked = Names.of(uri);
    return asked.isEmpty()
        ? asking.within(recording.names()).thenCompose(names -> history(uri, names))
        : history(uri, asked.wanted());
  }

  private CompletionStage<HttpResponse> history(Uri uri, List<String> wanted) {
    var names = names(wanted);
    long most = Math.min(MAX_POINTS, MAX_POINTS_IN_ALL / Math.max(1, names.size()));
    var span = span(Parameters.of(Names.without(uri), Set.of(START, END, STEP)), most);
    return asking
        .within(recording.samples().read(span.start(), span.end(), span.step()))
        .thenApply(samples -> Json.ok(history(names, span, samples)));
  }

  /// A full name need not be there any more.
  private List<StatisticName> names(List<String> wanted) {
    var values = statistics.read();
    var names = new LinkedHashSet<StatisticName>();
    for (var name : wanted) {
      var found = values.selected(name).map(Reading::name).toList();
      names.addAll(found);
      if (found.isEmpty()) {
        StatisticName.of(name).ifPresent(names::add);
      }
    }
    if (names.size() > MAX_SERIES) {
      throw Problem.badParameter(
              Names.PARAMETER,
              "There are " + names.size() + " statistics (wanted: at most " + MAX_SERIES + ")")
          .refused();
    }
    return List.copyOf(names);
  }

  /// @param most points of each series
  private Span span(Parameters parameters, long most) {
    long end = parameters.time(END).orElse(now.getAsLong()) / NANOS;
    var from = parameters.time(START);
    long start = from.isPresent() ? from.getAsLong() / NANOS : end - HOUR;
    if (start < 0 || start >= end) {
      throw Parameters.bad(
          START, parameters.text(START).orElse(Rfc3339.text(start * NANOS)), "a time before end");
    }
    long step = parameters.duration(STEP, automatic(end - start) * NANOS, Long.MAX_VALUE) / NANOS;
    long least = Math.max(SHORTEST_STEP, (end - start) / most + 1);
    if (step < SHORTEST_STEP || (end - start) / step > most) {
      throw Parameters.bad(
          STEP,
          parameters.text(STEP).orElse(""),
          "at least "
              + least
              + "ms for that time, as each series of such an answer has at most "
              + most
              + " points");
    }
    return new Span(start, end, step);
  }

  /// A multiple of the interval, or a second where that is longer.
  private long automatic(long length) {
    long interval = recording.settings().interval().toMillis();
    long intervals = Math.max(1, (length / interval + POINTS - 1) / POINTS);
    return intervals * interval;
  }

  private HistoryJson history(List<StatisticName> names, Span span, List<Sample> samples) {
    var values = statistics.read();
    var series = new ArrayList<SeriesJson>(names.size());
    for (var name : names) {
      var known = values.of(name).map(Reading::description);
      series.add(
          new SeriesJson(
              name.toString(),
              known.map(description -> description.unit()).orElse(""),
              known.map(description -> description.meaning()).orElse(""),
              points(name, span, samples)));
    }
    return new HistoryJson(
        Rfc3339.text(span.start() * NANOS), Rfc3339.text(span.end() * NANOS), span.step(), series);
  }

  private static List<PointJson> points(StatisticName name, Span span, List<Sample> samples) {
    var points = new ArrayList<PointJson>(samples.size());
    for (var sample : samples) {
      var value = sample.values().get(name);
      if (value != null) {
        long time = sample.time() / span.step() * span.step();
        points.add(new PointJson(Rfc3339.text(time * NANOS), value));
      }
    }
    return points;
  }
}
