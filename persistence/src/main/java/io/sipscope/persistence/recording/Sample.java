package io.sipscope.persistence.recording;

import io.sipscope.persistence.statistics.StatisticName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the chosen statistics were at one moment.
///
/// @param time milliseconds since the epoch
public record Sample(long time, SortedMap<StatisticName, Long> values) {
  public Sample {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }
}
