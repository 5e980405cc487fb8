package io.sipscope.http.mi.statistics;

import io.sipscope.persistence.statistics.StatisticName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Picks what `get_statistics` asks for: `all`, whole groups (`core:`) or bare names, whatever
/// their case. What is unknown is passed over.
final class StatisticsReply {
  private StatisticsReply() {}

  /// Values by `group:name` in the order asked for; empty when nothing is known.
  static Map<String, Long> pick(SortedMap<StatisticName, Long> values, List<String> wanted) {
    var picked = new LinkedHashMap<String, Long>();
    for (var want : wanted) {
      values.forEach(
          (name, value) -> {
            if (isWanted(name, want)) {
              picked.put(name.toString(), value);
            }
          });
    }
    return picked;
  }

  private static boolean isWanted(StatisticName name, String want) {
    return want.equals("all")
        || name.name().equalsIgnoreCase(want)
        || (want.endsWith(":")
            && name.group().equalsIgnoreCase(want.substring(0, want.length() - 1)));
  }
}
