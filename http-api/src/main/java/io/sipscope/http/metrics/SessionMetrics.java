package io.sipscope.http.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sipscope.persistence.statistics.Histogram;
import io.sipscope.persistence.statistics.SessionMeasures;
import io.sipscope.persistence.statistics.SessionMeasures.Measured;
import io.sipscope.persistence.statistics.SessionMeasures.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// What RFC 6076 measures, by trunk and direction: delays as histograms, ratios as gauges of the
/// time since the node started, and the counters that they come from, for ratios of any other time.
final class SessionMetrics implements MultiCollector {
  private static final String PREFIX = "sipscope_rfc6076_";

  private final SessionMeasures measures;
  private final Highest highest = new Highest();

  SessionMetrics(SessionMeasures measures) {
    this.measures = measures;
  }

  @Override
  public MetricSnapshots collect() {
    var sides = measures.sides();
    var metrics = new ArrayList<MetricSnapshot>();
    metrics.add(
        histogram(
            "rrd_seconds",
            "Registration request delay (4.1): from a REGISTER to its 2xx.",
            sides,
            measured -> measured.registrationDelay));
    metrics.add(
        histogram(
            "srd_seconds",
            "Session request delay (4.3) of sessions that were established: from the INVITE to the"
                + " first sign of it.",
            sides,
            measured -> measured.requestDelay));
    metrics.add(
        histogram(
            "srd_failed_seconds",
            "Session request delay (4.3) of sessions that were refused.",
            sides,
            measured -> measured.failedRequestDelay));
    metrics.add(
        histogram(
            "sdd_seconds",
            "Session disconnect delay (4.4): from a BYE to its 2xx.",
            sides,
            measured -> measured.disconnectDelay));
    metrics.add(
        histogram(
            "sdt_seconds",
            "Session duration (4.5): from the answer to the BYE.",
            sides,
            measured -> measured.duration));
    counters(metrics, sides);
    ratios(metrics, sides);
    return new MetricSnapshots(metrics);
  }

  private void counters(List<MetricSnapshot> metrics, Map<Side, Measured> sides) {
    metrics.add(
        counter(
            "session_attempts",
            "INVITE requests that were to begin a session, each once.",
            sides,
            measured -> measured.attempts.sum()));
    metrics.add(outcomes(sides));
    metrics.add(
        counter(
            "sessions_completed",
            "Sessions that were established, and ended by a BYE that was answered.",
            sides,
            measured -> measured.completed.sum()));
    metrics.add(
        counter(
            "registrations",
            "REGISTER requests, each once, without those that were only challenged.",
            sides,
            measured -> measured.registrations.sum()));
    metrics.add(
        counter(
            "registrations_ineffective",
            "REGISTER requests that were refused, without those that were only challenged.",
            sides,
            measured -> measured.ineffectiveRegistrations.sum()));
  }

  private void ratios(List<MetricSnapshot> metrics, Map<Side, Measured> sides) {
    metrics.add(
        gauge(
            "ira_ratio",
            "Ineffective registration attempts (4.2) of all.",
            sides,
            Measured::ineffectiveRegistration));
    metrics.add(
        gauge(
            "ser_ratio",
            "Session establishment ratio (4.6): 2xx of all attempts but those redirected.",
            sides,
            Measured::establishment));
    metrics.add(
        gauge(
            "seer_ratio",
            "Session establishment effectiveness ratio (4.7): 2xx, 480, 486, 600 and 603 of all"
                + " attempts but those redirected.",
            sides,
            Measured::effectiveness));
    metrics.add(
        gauge(
            "isa_ratio",
            "Ineffective session attempts (4.8): 408, 500, 503 and 504 of all attempts.",
            sides,
            Measured::ineffectiveness));
    metrics.add(
        gauge(
            "scr_ratio",
            "Session completion ratio (4.9): completed sessions of all attempts.",
            sides,
            Measured::completion));
  }

  private static Labels labels(Side side) {
    return Labels.of("direction", side.direction(), "trunk", side.trunk());
  }

  private HistogramSnapshot histogram(
      String name, String help, Map<Side, Measured> sides, Function<Measured, Histogram> which) {
    return new HistogramSnapshot(
        new MetricMetadata(PREFIX + name, help),
        sides.entrySet().stream()
            .map(entry -> point(name, entry.getKey(), which.apply(entry.getValue()).read()))
            .toList());
  }

  private HistogramDataPointSnapshot point(String name, Side side, Histogram.Reading read) {
    var buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < read.counts().size(); i++) {
      double bound = i < read.bounds().size() ? read.bounds().get(i) : Double.POSITIVE_INFINITY;
      var series = name + side + bound;
      buckets.bucket(bound, (long) highest.of(series, (double) read.counts().get(i)));
    }
    return new HistogramDataPointSnapshot(
        buckets.build(), highest.of(name + side, read.seconds()), labels(side), null, 0);
  }

  private CounterSnapshot counter(
      String name, String help, Map<Side, Measured> sides, ToLongFunction<Measured> value) {
    return new CounterSnapshot(
        new MetricMetadata(PREFIX + name, help),
        sides.entrySet().stream()
            .map(
                entry ->
                    new CounterDataPointSnapshot(
                        highest.of(
                            name + entry.getKey(), (double) value.applyAsLong(entry.getValue())),
                        labels(entry.getKey()),
                        null,
                        0))
            .toList());
  }

  private CounterSnapshot outcomes(Map<Side, Measured> sides) {
    var points = new ArrayList<CounterDataPointSnapshot>();
    sides.forEach(
        (side, measured) -> {
          for (var outcome : SessionMeasures.outcomes()) {
            points.add(
                new CounterDataPointSnapshot(
                    highest.of(
                        "outcome" + side + outcome, (double) measured.outcome(outcome).sum()),
                    labels(side).merge(Labels.of("outcome", outcome.text())),
                    null,
                    0));
          }
        });
    return new CounterSnapshot(
        new MetricMetadata(PREFIX + "session_outcomes", "Attempts that got a final reply, by it."),
        points);
  }

  private static GaugeSnapshot gauge(
      String name, String help, Map<Side, Measured> sides, ToDoubleFunction<Measured> value) {
    return new GaugeSnapshot(
        new MetricMetadata(PREFIX + name, help),
        sides.entrySet().stream()
            .map(
                entry ->
                    new GaugeDataPointSnapshot(
                        value.applyAsDouble(entry.getValue()), labels(entry.getKey()), null))
            .toList());
  }
}
