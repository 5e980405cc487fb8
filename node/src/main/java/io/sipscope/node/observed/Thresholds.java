package io.sipscope.node.observed;

import io.sipscope.node.Setting;
import io.sipscope.persistence.events.CoreEvents;
import io.sipscope.persistence.events.Delivering;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Queries;
import io.sipscope.persistence.statistics.Slowness;
import io.sipscope.persistence.statistics.Threshold;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What takes longer is slow, and what is fuller is full: `sipscope.thresholds`; zero = nothing is.
///
/// @param heap `shm`: percent of what it may grow to, after a collection
/// @param direct `pkg`: percent of what the JVM's direct buffers may take
public record Thresholds(
    Duration message,
    Duration sql,
    Duration cdb,
    Duration dns,
    Duration tcp,
    int heap,
    int direct) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /// Full is full: 100 could not be crossed.
  private static final int FULLEST = 99;

  public static Thresholds from(Setting setting) {
    return new Thresholds(
        threshold(setting, "message"),
        threshold(setting, "sql"),
        threshold(setting, "cdb"),
        threshold(setting, "dns"),
        threshold(setting, "tcp"),
        setting.count("sipscope.thresholds.shm", 0, FULLEST),
        setting.count("sipscope.thresholds.pkg", 0, FULLEST));
  }

  private static Duration threshold(Setting setting, String name) {
    return setting.duration("sipscope.thresholds." + name, Duration.ZERO, LONGEST);
  }

  /// Makes their statistics, so that those of a store that is not used are there too.
  public static void register(Counters counters) {
    for (var group : new String[] {"dns", "sql", "cdb"}) {
      Queries.of(counters, group, Threshold.NONE);
    }
  }

  /// What names are looked up by.
  public Queries lookUps(Counters counters, Slowness slowness) {
    return Queries.of(counters, "dns", Threshold.of(dns, "dns", slowness));
  }

  /// What is written to a connection over TCP.
  public Threshold writing(Slowness slowness) {
    return Threshold.of(tcp, "tcp ops", slowness);
  }

  /// From now on what is slow is an event, in microseconds.
  public static void raise(Slowness slowness, Events events) {
    slowness.tell(
        (source, nanos, what) -> {
          if (!Delivering.isNow()) {
            events.raise(
                EventNames.THRESHOLD,
                () ->
                    CoreEvents.threshold(source, TimeUnit.NANOSECONDS.toMicros(nanos), what.get()));
          }
        });
  }
}
