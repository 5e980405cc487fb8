package io.sipscope.http.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Shows this node's [Counters] as meters: `sipscope_<group>_<name>`, with the reason of what was
/// malformed or dropped as a label.
final class CounterMeters {
  private static final Set<String> WITH_REASON = Set.of("malformed", "dropped");

  private final MeterRegistry registry;
  private final Counters counters;
  private final Set<StatisticName> known = new HashSet<>();
  private volatile Map<StatisticName, Long> values = Map.of();

  CounterMeters(MeterRegistry registry, Counters counters) {
    this.registry = registry;
    this.counters = counters;
  }

  /// Reads every counter; a new one gets its meter.
  synchronized void refresh() {
    values = counters.read();
    for (var name : values.keySet()) {
      if (known.add(name)) {
        register(name);
      }
    }
  }

  private void register(StatisticName statistic) {
    var name = statistic.name();
    int cut = name.indexOf('_');
    var kind = cut < 0 ? "" : name.substring(0, cut);
    boolean reasoned = WITH_REASON.contains(kind);
    var meter = "sipscope." + statistic.group() + "." + (reasoned ? kind : name);
    var tags = reasoned ? List.of(Tag.of("reason", name.substring(cut + 1))) : List.<Tag>of();
    if (counters.isGauge(statistic)) {
      Gauge.builder(meter, this, _ -> value(statistic)).tags(tags).register(registry);
    } else {
      FunctionCounter.builder(meter, this, _ -> value(statistic)).tags(tags).register(registry);
    }
  }

  private double value(StatisticName statistic) {
    return values.getOrDefault(statistic, 0L);
  }
}
