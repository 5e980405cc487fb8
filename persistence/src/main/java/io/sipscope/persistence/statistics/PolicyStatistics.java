package io.sipscope.persistence.statistics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the policy script can do with statistics, as OpenSIPS's module `statistics` has it:
/// declared variables, statistics that are made at their first update, series. Updates are this
/// node's, what is read is of all nodes. Nothing here throws: what cannot be done is told.
public final class PolicyStatistics {
  private static final String SCRIPT = "script";
  private static final String DYNAMIC = "dynamic";
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}");
  private static final Done DONE = new Done();

  /// What became of it.
  public sealed interface Outcome {}

  public record Done() implements Outcome {}

  /// @param why as OpenSIPS logs it, where it does
  public record Refused(String why) implements Outcome {}

  private record SeriesName(String profile, String name) {}

  private final Counters counters;
  private final ClusterStatistics cluster;
  private final LongSupplier clock;
  private final Map<String, String> groups = new ConcurrentHashMap<>();

  private final Map<String, SeriesProfile> profiles = new ConcurrentHashMap<>();
  private final Map<SeriesName, Series> series = new ConcurrentHashMap<>();

  /// Declares what is configured.
  ///
  /// @param clock milliseconds
  public PolicyStatistics(
      Counters counters,
      ClusterStatistics cluster,
      StatisticsSettings settings,
      LongSupplier clock) {
    this.counters = counters;
    this.cluster = cluster;
    this.clock = clock;
    for (var variable : settings.variables()) {
      var name = new StatisticName(SCRIPT, variable.name());
      if (!variable.resettable()) {
        counters.declare(
            name,
            new Description(
                Kind.GAUGE,
                "events",
                Across.SUM,
                /* hidden */ false,
                "Declared by sipscope.statistics.variables; no reset changes it."));
      }
      counters.counter(name.group(), name.name());
    }
    for (var group : settings.groups()) {
      groups.put(group.toLowerCase(Locale.ROOT), group);
      counters.declareGroup(
          group, Description.counter("Made by the policy script at its first update."));
    }
    for (var profile : settings.series()) {
      profiles.put(profile.name(), profile);
    }
  }

  /// `update_stat`: adds to a statistic, `name` or `group:name`, which is made where there is none.
  /// Nothing at all happens for 0, and to what is computed.
  public Outcome update(String variable, long by) {
    if (by == 0) {
      return DONE;
    }
    int colon = variable.indexOf(':');
    return colon < 0
        ? updateBare(variable, by)
        : updateIn(variable.substring(0, colon), variable.substring(colon + 1), by);
  }

  /// The same with the value as a text, as 2.x has it: `+1`, `-1`, `5`.
  public Outcome update(String variable, String by) {
    return NUMBER.matcher(by.strip()).matches()
        ? update(variable, Long.parseLong(by.strip()))
        : new Refused("bad value \"" + by + "\" (wanted: a number such as +1, -1 or 5)");
  }

  private Outcome updateBare(String name, long by) {
    var known = counters.named(name);
    return known.isPresent()
        ? add(known.get(), by)
        : made(new StatisticName(DYNAMIC, name.strip()), by);
  }

  private Outcome updateIn(String group, String name, long by) {
    var declared = groups.get(group.strip().toLowerCase(Locale.ROOT));
    return declared == null
        ? new Refused(
            "stat group '"
                + group.strip()
                + "' must be explicitly defined using the 'stat_groups' module parameter!")
        : made(new StatisticName(declared, name.strip()), by);
  }

  private Outcome add(StatisticName name, long by) {
    counters.add(name, by);
    return DONE;
  }

  private Outcome made(StatisticName name, long by) {
    if (counters.has(name)) {
      return add(name, by);
    }
    if (!StatisticName.isWord(name.name())) {
      return notAName(name.name());
    }
    return counters
        .dynamicCounter(name)
        .<Outcome>map(
            adder -> {
              adder.add(by);
              return DONE;
            })
        .orElseGet(PolicyStatistics::tooMany);
  }

  private static Outcome notAName(String name) {
    return new Refused(
        "\""
            + name
            + "\" cannot be a statistic (wanted: a name without colons, at most "
            + StatisticName.MAX_LENGTH
            + " characters)");
  }

  private static Outcome tooMany() {
    return new Refused(
        "there are "
            + Counters.MAX_DYNAMIC
            + " statistics of this kind already, which is the most");
  }

  /// `reset_stat`, on all nodes. What is computed or not to be reset stays as it is.
  public Outcome reset(String variable) {
    var name = find(variable);
    if (name.isEmpty()) {
      return new Refused("unknown statistic \"" + variable + "\"");
    }
    var _ = cluster.reset(List.of(name.get())).toCompletableFuture();
    return DONE;
  }

  /// `reset_stat` of what an iterator gave: takes off what it was then. What was counted since, on
  /// any node, stays for the next who reads it.
  ///
  /// @param variable `group:name`
  public Outcome take(String variable, long read) {
    var name = find(variable);
    if (name.isEmpty()) {
      return new Refused("unknown statistic \"" + variable + "\"");
    }
    if (counters.describe(name.get()).kind().isResettable()) {
      counters.takeOff(name.get(), read);
    }
    return DONE;
  }

  /// `$stat(name)` or `$stat(group:name)`; empty for what is unknown.
  public OptionalLong read(String variable) {
    return find(variable).map(cluster::value).orElseGet(OptionalLong::empty);
  }

  private Optional<StatisticName> find(String variable) {
    if (variable.indexOf(':') < 0) {
      return ownNamed(variable.strip()).or(() -> cluster.named(variable));
    }
    return StatisticName.of(variable)
        .filter(counters::has)
        .or(() -> cluster.read().selected(variable).map(Reading::name).findFirst());
  }

  /// What a script made comes before what there is anyway: its `packet:total_size` before
  /// `shmem:total_size`.
  private Optional<StatisticName> ownNamed(String name) {
    return Stream.concat(groups.values().stream(), Stream.of(SCRIPT, DYNAMIC))
        .map(group -> new StatisticName(group, name))
        .filter(counters::has)
        .min(counters::compare);
  }

  /// `stat_iter_init`: what is in a group now, one after the other.
  public StatisticIterator iterate(String group) {
    return new StatisticIterator(cluster.read().group(group).toList());
  }

  /// `update_stat_series`: one more value of a series, which is made where there is none. A name
  /// that another statistic has is refused.
  public Outcome updateSeries(String profileName, String name, int value) {
    var profile = profiles.get(profileName);
    if (profile == null) {
      return new Refused("unknown series profile \"" + profileName + "\"");
    }
    var key = new SeriesName(profileName, name);
    var known = series.get(key);
    if (known == null) {
      return madeSeries(key, profile, value);
    }
    known.add(value, clock.getAsLong());
    return DONE;
  }

  private synchronized Outcome madeSeries(SeriesName key, SeriesProfile profile, int value) {
    var known = series.get(key);
    if (known == null) {
      if (!StatisticName.isWord(key.name())) {
        return notAName(key.name());
      }
      if (counters.named(key.name()).isPresent()) {
        return new Refused(
            "statistic \"" + key.name() + "\" is there already, and of another kind");
      }
      known = new Series(profile, clock.getAsLong());
      if (!registered(new StatisticName(profile.group(), key.name()), profile, known)) {
        return tooMany();
      }
      series.put(key, known);
    }
    known.add(value, clock.getAsLong());
    return DONE;
  }

  private boolean registered(StatisticName name, SeriesProfile profile, Series made) {
    counters.declare(name, profile.description());
    return switch (profile.algorithm()) {
      case ACCUMULATE -> counters.dynamicGauge(name, () -> made.sum(clock.getAsLong()));
      case AVERAGE, PERCENTAGE ->
          counters.dynamicRatio(name, () -> made.fraction(clock.getAsLong()));
    };
  }
}
