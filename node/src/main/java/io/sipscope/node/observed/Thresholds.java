package io.sipscope.node.observed;

import io.sipscope.node.Setting;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Queries;
import java.time.Duration;

/// What takes longer is slow: `sipscope.thresholds`; zero = nothing is.
public record Thresholds(Duration message, Duration sql, Duration cdb, Duration dns) {
  private static final Duration LONGEST = Duration.ofHours(1);

  public static Thresholds from(Setting setting) {
    return new Thresholds(
        threshold(setting, "message"),
        threshold(setting, "sql"),
        threshold(setting, "cdb"),
        threshold(setting, "dns"));
  }

  private static Duration threshold(Setting setting, String name) {
    return setting.duration("sipscope.thresholds." + name, Duration.ZERO, LONGEST);
  }

  /// Makes their statistics, so that those of a store that is not used are there too.
  public void register(Counters counters) {
    Queries.of(counters, "dns", dns);
    Queries.of(counters, "sql", sql);
    Queries.of(counters, "cdb", cdb);
  }
}
