package io.sipscope.persistence.statistics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// This node's counters: striped adders that any thread may bump, and gauges that are computed
/// when read.
public final class Counters {
  private final Map<StatisticName, LongAdder> adders = new ConcurrentHashMap<>();
  private final Map<StatisticName, LongSupplier> gauges = new ConcurrentHashMap<>();

  /// The counter of that name, made on first use; keep it rather than look it up for each tick.
  public LongAdder counter(String group, String name) {
    return adders.computeIfAbsent(new StatisticName(group, name), _ -> new LongAdder());
  }

  /// Registers a value that is computed when read.
  public void gauge(String group, String name, LongSupplier value) {
    gauges.put(new StatisticName(group, name), value);
  }

  /// What a statistic is: what the catalogue says, else what can be told from how it was made.
  public Description describe(StatisticName name) {
    return Catalogue.bundled()
        .describe(name)
        .orElseGet(() -> Description.unknown(isGauge(name) ? Kind.COMPUTED : Kind.COUNTER));
  }

  /// Whether a name is that of a gauge rather than a counter.
  public boolean isGauge(StatisticName name) {
    return gauges.containsKey(name);
  }

  /// Every value by its name, sorted.
  public SortedMap<StatisticName, Long> read() {
    var values = new TreeMap<StatisticName, Long>();
    adders.forEach((name, adder) -> values.put(name, adder.sum()));
    gauges.forEach((name, gauge) -> values.put(name, gauge.getAsLong()));
    return values;
  }
}
