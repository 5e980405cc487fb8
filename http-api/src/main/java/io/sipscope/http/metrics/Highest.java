package io.sipscope.http.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The highest value of each series that was shown: what Prometheus takes for a counter must not
/// fall, or it is taken to have started anew.
final class Highest {
  private final Map<String, Double> bySeries = new ConcurrentHashMap<>();

  /// @param series its name and labels
  double of(String series, double value) {
    return bySeries.merge(series, Math.max(0, value), Math::max);
  }
}
