package io.sipscope.persistence.alerts;

import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Reading;
import io.sipscope.persistence.statistics.SessionMeasures.Side;
import io.sipscope.persistence.statistics.Values;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// The numbers that rules are about, of all nodes, as they are this second. One thread asks it,
/// once a second.
final class AlertValues {
  /// A rate is of the last seconds: what nodes tell of themselves comes once a second, not quite
  /// regularly.
  private static final long RATE_MILLIS = 5_000;

  /// Of so long a while a KPI is.
  static final long KPI_MILLIS = 300_000;

  /// Between two of the sums that are remembered of it.
  private static final long KPI_STEP_MILLIS = 5_000;

  private record At<T>(long time, T value) {}

  private final ClusterStatistics statistics;
  private final Map<String, ArrayDeque<At<Long>>> rates = new HashMap<>();
  private final Map<String, ArrayDeque<At<KpiSums>>> kpis = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private Values values = new Values(List.of(), 0);
  private Map<Side, KpiSums> sides = Map.of();
  private long now;

  AlertValues(ClusterStatistics statistics) {
    this.statistics = statistics;
  }

  /// A second has passed; what nobody asked for in the last one is forgotten.
  ///
  /// @param measured of all nodes: what they grow by counts
  void tick(long time, Map<Side, KpiSums> measured) {
    now = time;
    sides = measured;
    values = statistics.read();
    rates.keySet().retainAll(asked);
    kpis.keySet().retainAll(asked);
    asked.clear();
  }

  OptionalDouble of(AlertRule rule) {
    var kpi = Kpi.parse(rule.statistic());
    if (kpi.isPresent()) {
      return kpi(rule.statistic(), kpi.get());
    }
    var reading = reading(rule.statistic());
    if (reading.isEmpty()) {
      return OptionalDouble.empty();
    }
    return rule.rate()
        ? rate(rule.statistic(), reading.get().value())
        : OptionalDouble.of((double) reading.get().value());
  }

  private Optional<Reading> reading(String name) {
    return name.endsWith(":") || name.equals("all")
        ? Optional.empty()
        : values.selected(name).findFirst();
  }

  /// What it grew by; nothing right after it began again at 0.
  private OptionalDouble rate(String name, long value) {
    asked.add(name);
    var known = rates.computeIfAbsent(name, _ -> new ArrayDeque<>());
    if (!known.isEmpty() && known.getLast().value() > value) {
      known.clear();
    }
    known.addLast(new At<>(now, value));
    while (now - known.getFirst().time() > RATE_MILLIS) {
      known.removeFirst();
    }
    var first = known.getFirst();
    return now == first.time()
        ? OptionalDouble.empty()
        : OptionalDouble.of((value - first.value()) * 1_000.0 / (now - first.time()));
  }

  private OptionalDouble kpi(String name, Kpi.Of wanted) {
    asked.add(name);
    var sum = KpiSums.NONE;
    for (var side : sides.entrySet()) {
      if (fits(wanted, side.getKey())) {
        sum = sum.plus(side.getValue());
      }
    }
    var known = kpis.computeIfAbsent(name, _ -> new ArrayDeque<>());
    if (known.isEmpty() || now - known.getLast().time() >= KPI_STEP_MILLIS) {
      known.addLast(new At<>(now, sum));
    }
    while (now - known.getFirst().time() > KPI_MILLIS) {
      known.removeFirst();
    }
    return wanted.kpi().of(sum.minus(known.getFirst().value()));
  }

  private static boolean fits(Kpi.Of wanted, Side side) {
    return (wanted.trunk().isEmpty() || wanted.trunk().equals(side.trunk()))
        && (wanted.direction().isEmpty() || wanted.direction().equals(side.direction()));
  }
}
