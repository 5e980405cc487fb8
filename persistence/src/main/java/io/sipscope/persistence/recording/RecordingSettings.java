package io.sipscope.persistence.recording;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.sipscope.persistence.statistics.StatisticName;
import java.time.Duration;
import java.util.List;

/// What is recorded.
///
/// @param names `all`, `group:`, `name` or `group:name` each; none = nothing is recorded
/// @param interval a sample each, at times that are a multiple of it
/// @param keep how long
public record RecordingSettings(List<String> names, Duration interval, Duration keep) {
  private static final String NAMES = "sipscope.statistics.record.names";
  private static final String INTERVAL = "sipscope.statistics.record.interval";
  private static final String KEEP = "sipscope.statistics.record.keep";

  /// Counters are heard of once a second.
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofHours(1);

  /// Cassandra's own bound is 20 years.
  private static final Duration LONGEST_KEPT = Duration.ofDays(7_000);

  public RecordingSettings {
    names = List.copyOf(names);
  }

  /// Reads `sipscope.statistics.record` of the whole configuration.
  ///
  /// @throws ConfigException one sentence with key, value and what is wanted
  public static RecordingSettings from(Config config) {
    var names = config.getStringList(NAMES);
    for (var name : names) {
      if (!isName(name)) {
        throw bad(config, NAMES, name, "all, group:, name or group:name");
      }
    }
    var interval = duration(config, INTERVAL, SHORTEST, LONGEST);
    if (interval.toNanosPart() % 1_000_000 != 0) {
      throw bad(config, INTERVAL, interval, "whole milliseconds");
    }
    return new RecordingSettings(names, interval, duration(config, KEEP, interval, LONGEST_KEPT));
  }

  /// Whether a text names statistics: `all`, `group:`, `name` or `group:name`.
  public static boolean isName(String text) {
    return StatisticName.isWord(text.endsWith(":") ? text.substring(0, text.length() - 1) : text)
        || StatisticName.of(text).isPresent();
  }

  private static Duration duration(Config config, String key, Duration least, Duration most) {
    var value = config.getDuration(key);
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw bad(
          config,
          key,
          config.getValue(key).unwrapped(),
          "from " + least.toSeconds() + "s to " + most.toSeconds() + "s");
    }
    return value;
  }

  private static ConfigException.BadValue bad(
      Config config, String key, Object value, String wanted) {
    return new ConfigException.BadValue(
        config.getValue(key).origin(), key, "\"" + value + "\" (wanted: " + wanted + ")");
  }
}
