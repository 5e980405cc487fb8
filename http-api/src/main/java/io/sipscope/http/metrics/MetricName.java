package io.sipscope.http.metrics;

import io.sipscope.persistence.statistics.Description;
import io.sipscope.persistence.statistics.StatisticName;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a statistic is called for Prometheus: `sipscope_GROUP_NAME_UNIT`, in base units, with what
/// varies (a reason, a trunk, an agent, a worker) in labels.
///
/// @param factor what one of the statistic's unit is in the metric's
record MetricName(String name, List<String> labels, List<String> values, double factor) {
  private static final Pattern NOT_PLAIN = Pattern.compile("[^a-z0-9_]+");

  /// A statistic whose name holds a value, and what it is called without it.
  ///
  /// @param pattern whose groups are the labels' values, in order
  private record Variable(String group, Pattern pattern, String name, List<String> labels) {
    Variable(String group, String pattern, String name, String... labels) {
      this(group, Pattern.compile(pattern), name, List.of(labels));
    }
  }

  private static final List<Variable> VARIABLES =
      List.of(
          new Variable("ingest", "malformed_(.+)", "malformed", "reason"),
          new Variable("ingest", "dropped_(.+)", "dropped", "reason"),
          new Variable("hep", "version_(.+)", "version", "version"),
          new Variable("hep", "payload_(.+)", "payload", "payload"),
          new Variable("hep", "transport_(.+)", "transport", "transport"),
          new Variable("tm", "([2-6]xx)_transactions", "final", "class"),
          new Variable("tm", "([1-6]\\d\\d)_in", "replies_in", "code"),
          new Variable("sl", "([1-6]xx)_replies", "replies", "class"),
          new Variable("load", "load()-proc-(\\d+)", "worker", "window", "worker"),
          new Variable("load", "load(1m|10m)-proc-(\\d+)", "worker", "window", "worker"),
          new Variable("load", "load(|1m|10m)", "average", "window"),
          new Variable("load", "load(|1m|10m)-all", "average_all", "window"),
          new Variable("pkmem", "(\\d+)-(.+)", "", "worker"));

  private static final String DROPPED = "dropped_";

  /// Groups whose statistics are named by the operator or the policy script.
  private static final List<String> NAMED_OUTSIDE = List.of("script", "dynamic");

  static MetricName of(StatisticName statistic, Description description) {
    var unit = Unit.of(description.unit());
    var group = statistic.group();
    int dash = group.indexOf('-');
    if (dash > 0
        && (group.startsWith("agent-")
            || group.startsWith("trunk-")
            || group.startsWith("trace-"))) {
      var kind = group.substring(0, dash);
      if (statistic.name().startsWith(DROPPED)) {
        return named(
            kind + "_dropped_by_reason",
            List.of(kind, "reason"),
            List.of(group.substring(dash + 1), statistic.name().substring(DROPPED.length())),
            unit);
      }
      return named(
          kind + "_" + statistic.name(), List.of(kind), List.of(group.substring(dash + 1)), unit);
    }
    for (var variable : VARIABLES) {
      var found = variable.pattern().matcher(statistic.name());
      if (variable.group().equals(group) && found.matches()) {
        return of(variable, found, unit);
      }
    }
    return NAMED_OUTSIDE.contains(group) || description.meaning().isEmpty()
        ? named("statistic", List.of("group", "name"), List.of(group, statistic.name()), unit)
        : named(group + "_" + statistic.name(), List.of(), List.of(), unit);
  }

  private static MetricName of(Variable variable, java.util.regex.Matcher found, Unit unit) {
    if (variable.name().isEmpty()) {
      return named(
          variable.group() + "_" + found.group(2),
          variable.labels(),
          List.of(found.group(1)),
          unit);
    }
    var values = new java.util.ArrayList<String>();
    for (int i = 1; i <= found.groupCount(); i++) {
      values.add(
          variable.labels().get(i - 1).equals("window") ? window(found.group(i)) : found.group(i));
    }
    return named(variable.group() + "_" + variable.name(), variable.labels(), values, unit);
  }

  private static String window(String suffix) {
    return suffix.isEmpty() ? "1s" : suffix;
  }

  private static MetricName named(
      String name, List<String> labels, List<String> values, Unit unit) {
    var plain = NOT_PLAIN.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("_");
    return new MetricName("sipscope_" + unit.appended(plain), labels, values, unit.factor());
  }

  /// A unit that Prometheus writes into names.
  ///
  /// @param suffix empty when it does not
  /// @param own what the statistic has at its end for it
  private record Unit(String suffix, String own, double factor) {
    static Unit of(String text) {
      return switch (text) {
        case "bytes" -> new Unit("bytes", "", 1);
        case "seconds" -> new Unit("seconds", "", 1);
        case "milliseconds" -> new Unit("seconds", "_ms", 1e-3);
        case "microseconds" -> new Unit("seconds", "_us", 1e-6);
        case "percent" -> new Unit("ratio", "", 1e-2);
        default -> new Unit("", "", 1);
      };
    }

    String appended(String name) {
      var bare =
          !own.isEmpty() && name.endsWith(own)
              ? name.substring(0, name.length() - own.length())
              : name;
      return suffix.isEmpty() || bare.contains(suffix) ? bare : bare + "_" + suffix;
    }
  }
}
