package io.sipscope.node.script.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// What a script defines rather than does: its `modparam`s and globals that say the same as a
/// setting. They are laid on top of the configuration, and so are read at the start only.
public final class ScriptDefinitions {
  /// What each adds to.
  private static final Map<String, String> LISTS =
      Map.of(
          "tracer:trace_id", "sipscope.trace.ids",
          "siptrace:trace_id", "sipscope.trace.ids",
          "proto_hep:hep_id", "sipscope.trace.hep-ids",
          "statistics:variable", "sipscope.statistics.variables",
          "statistics:stat_groups", "sipscope.statistics.groups",
          "statistics:stat_series_profile", "sipscope.statistics.series");

  /// What each sets.
  private static final Map<String, String> VALUES =
      Map.of(
          "tracer:trace_on", "sipscope.trace.on",
          "siptrace:trace_on", "sipscope.trace.on",
          "tracer:trace_local_ip", "sipscope.trace.local-ip",
          "siptrace:trace_local_ip", "sipscope.trace.local-ip",
          "proto_hep:hep_capture_id", "sipscope.trace.destinations.hep-capture-id");

  /// Microseconds, as OpenSIPS has them.
  private static final Map<String, String> MICROSECONDS =
      Map.of(
          "exec_msg_threshold", "sipscope.thresholds.message",
          "exec_dns_threshold", "sipscope.thresholds.dns");

  /// Seconds.
  private static final Map<String, String> SECONDS =
      Map.of(
          "rest_client:connection_timeout", "sipscope.script.rest.connect-timeout",
          "rest_client:curl_timeout", "sipscope.script.rest.answer-timeout");

  private final List<Definition> definitions;

  /// `modparam(module, name, value)`, or a global `name = value`.
  ///
  /// @param module empty for a global
  public record Definition(String module, String name, String value) {
    private String key() {
      return module.isEmpty() ? name : module + ":" + name;
    }

    private boolean isRead() {
      return LISTS.containsKey(key())
          || VALUES.containsKey(key())
          || MICROSECONDS.containsKey(key())
          || SECONDS.containsKey(key());
    }

    /// As it is written in a script.
    @Override
    public String toString() {
      return module.isEmpty()
          ? name + " = " + value
          : "modparam(\"" + module + "\", \"" + name + "\", \"" + value + "\")";
    }
  }

  /// @param definitions in the order of the script; those that no setting knows are passed over
  public ScriptDefinitions(List<Definition> definitions) {
    this.definitions = definitions.stream().filter(Definition::isRead).toList();
  }

  /// What counts from the start of the node only, as it is written.
  public Set<String> texts() {
    var texts = new TreeSet<String>();
    definitions.forEach(definition -> texts.add(definition.toString()));
    return texts;
  }

  /// @param warnings what was configured otherwise, one sentence each
  public record Laid(Config config, List<String> warnings) {
    public Laid {
      warnings = List.copyOf(warnings);
    }
  }

  /// Lays them on top of a configuration.
  public Laid over(Config config) {
    var laid = config;
    var warnings = new ArrayList<String>();
    for (var definition : definitions) {
      var key = definition.key();
      if (LISTS.containsKey(key)) {
        laid = added(laid, LISTS.get(key), definition.value());
        continue;
      }
      var path = VALUES.getOrDefault(key, MICROSECONDS.getOrDefault(key, SECONDS.get(key)));
      var unit = SECONDS.containsKey(key) ? "s" : "us";
      var value = definition.value() + (VALUES.containsKey(key) ? "" : unit);
      var before = config.getValue(path).unwrapped();
      if (isConfigured(path, before) && !String.valueOf(before).equals(value)) {
        warnings.add(path + " is " + before + ", but the script's " + definition + " counts");
      }
      laid = laid.withValue(path, ConfigValueFactory.fromAnyRef(value, "the policy script"));
    }
    return new Laid(laid, warnings);
  }

  private static boolean isConfigured(String path, Object value) {
    var usual = ConfigFactory.defaultReference();
    return !usual.hasPath(path) || !Objects.equals(usual.getValue(path).unwrapped(), value);
  }

  /// What was one text, with commas or not, becomes a list of it and more.
  private static Config added(Config config, String path, String value) {
    var all = new ArrayList<String>();
    if (config.getValue(path).valueType() == ConfigValueType.LIST) {
      all.addAll(config.getStringList(path));
    } else if (!config.getString(path).isBlank()) {
      all.add(config.getString(path));
    }
    all.add(value);
    return config.withValue(path, ConfigValueFactory.fromIterable(all, "the policy script"));
  }
}
