package io.sipscope.http.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Description;
import io.sipscope.persistence.statistics.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// This node's [Counters] as Prometheus wants them. Resets do not show: a counter only ever grows
/// here, and what is taken back of it (a call that turns out to have been another) is made up for
/// by what it counts next.
final class StatisticMetrics implements MultiCollector {
  private static final String NAMED_OUTSIDE = "sipscope_statistic";

  private final Counters counters;
  private final Highest highest = new Highest();

  private record Value(MetricName metric, Description description, double value) {
    Labels labels() {
      return Labels.of(
          metric.labels().toArray(String[]::new), metric.values().toArray(String[]::new));
    }
  }

  StatisticMetrics(Counters counters) {
    this.counters = counters;
  }

  @Override
  public MetricSnapshots collect() {
    var byName = new LinkedHashMap<String, List<Value>>();
    counters
        .read()
        .forEach(
            (name, value) -> {
              var description = counters.describe(name);
              var metric = MetricName.of(name, description);
              var key = metric.name() + (description.kind() == Kind.COUNTER ? " total" : "");
              byName
                  .computeIfAbsent(key, _ -> new ArrayList<>())
                  .add(new Value(metric, description, value * metric.factor()));
            });
    return new MetricSnapshots(
        byName.values().stream().<MetricSnapshot>map(this::snapshot).toList());
  }

  private MetricSnapshot snapshot(List<Value> values) {
    var one = values.getFirst();
    boolean counts = one.description().kind() == Kind.COUNTER;
    var distinct =
        values.stream()
            .collect(
                Collectors.toMap(Value::labels, Value::value, Double::sum, LinkedHashMap::new));
    return counts ? counter(one, distinct) : gauge(one, distinct);
  }

  private MetricSnapshot counter(Value one, Map<Labels, Double> values) {
    var name = one.metric().name();
    return new CounterSnapshot(
        new MetricMetadata(name, meaning(one)),
        values.entrySet().stream()
            .map(
                value ->
                    new CounterDataPointSnapshot(
                        highest.of(name + value.getKey(), value.getValue()),
                        value.getKey(),
                        null,
                        0))
            .toList());
  }

  private static MetricSnapshot gauge(Value one, Map<Labels, Double> values) {
    var name = one.metric().name();
    var clear = name.equals(NAMED_OUTSIDE) ? name + "_value" : name;
    return new GaugeSnapshot(
        new MetricMetadata(clear, meaning(one)),
        values.entrySet().stream()
            .map(value -> new GaugeDataPointSnapshot(value.getValue(), value.getKey(), null))
            .toList());
  }

  private static String meaning(Value one) {
    return one.metric().name().equals(NAMED_OUTSIDE)
        ? "What the configuration or the policy script counts."
        : one.description().meaning();
  }
}
