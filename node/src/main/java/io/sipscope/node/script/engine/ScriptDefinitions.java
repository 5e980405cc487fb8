package io.sipscope.node.script.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.sipscope.node.script.tree.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a script defines rather than does: its `modparam`s and globals that say the same as a
/// setting. They are laid on top of the configuration, and so are read at the start only.
public final class ScriptDefinitions {
  private static final String TRACE_IDS = "sipscope.trace.ids";
  private static final Pattern TRACE_ID = Pattern.compile("\\s*+\\[([^\\]]*+)\\]");
  private static final String THRESHOLDS = "sipscope.thresholds.";
  private static final String SCALING = "sipscope.auto-scaling.";
  /// In the place of a unit: 0 and 1 are false and true.
  private static final String SWITCH = "switch";

  private static final String WORKERS = "udp_workers";
  private static final String USE_PROFILE = "use_auto_scaling_profile";

  /// What each adds to.
  private static final Map<String, String> LISTS =
      Map.of(
          "tracer:trace_id", TRACE_IDS,
          "siptrace:trace_id", TRACE_IDS,
          "proto_hep:hep_id", "sipscope.trace.hep-ids",
          "statistics:variable", "sipscope.statistics.variables",
          "statistics:stat_groups", "sipscope.statistics.groups",
          "statistics:stat_series_profile", "sipscope.statistics.series",
          "auto_scaling_profile", SCALING + "profiles");

  /// What each sets.
  private static final Map<String, Said> VALUES =
      Map.ofEntries(
          entry("tracer:trace_on", "sipscope.trace.on", ""),
          entry("siptrace:trace_on", "sipscope.trace.on", ""),
          entry("tracer:trace_local_ip", "sipscope.trace.local-ip", ""),
          entry("siptrace:trace_local_ip", "sipscope.trace.local-ip", ""),
          entry("proto_hep:hep_capture_id", "sipscope.trace.destinations.hep-capture-id", ""),
          entry("rest_client:connection_timeout", "sipscope.script.rest.connect-timeout", "s"),
          entry("rest_client:curl_timeout", "sipscope.script.rest.answer-timeout", "s"),
          entry("dispatcher:list_file", "sipscope.script.dispatcher-list-file", ""),
          entry("dispatcher:pvar_algo_pattern", "sipscope.script.pvar-algo-pattern", ""),
          entry("db_postgres:exec_query_threshold", THRESHOLDS + "sql", "us"),
          entry("cachedb_cassandra:exec_threshold", THRESHOLDS + "cdb", "us"),
          entry("exec_msg_threshold", THRESHOLDS + "message", "us"),
          entry("execmsgthreshold", THRESHOLDS + "message", "us"),
          entry("exec_dns_threshold", THRESHOLDS + "dns", "us"),
          entry("execdnsthreshold", THRESHOLDS + "dns", "us"),
          entry("tcp_threshold", THRESHOLDS + "tcp", "us"),
          entry("event_pkg_threshold", THRESHOLDS + "pkg", ""),
          entry("event_shm_threshold", THRESHOLDS + "shm", ""),
          entry("log_event_enabled", "sipscope.events.log", SWITCH),
          entry("log_event_level_filter", "sipscope.events.log-level", ""),
          entry("log_level", "sipscope.log.level", ""),
          entry("xlog_level", "sipscope.log.xlog-level", ""),
          entry("auto_scaling_cycle", SCALING + "cycle", "s"),
          entry(WORKERS, SCALING + "workers", ""),
          entry(USE_PROFILE, SCALING + "use", ""));

  /// `4 use_auto_scaling_profile NAME`, or either half, behind a socket or the number of workers.
  private static final Pattern SCALED =
      Pattern.compile("\\b" + USE_PROFILE + "\\s++(\\S++)$", Pattern.CASE_INSENSITIVE);

  private static final Set<String> MAY_BE_SCALED = Set.of(WORKERS, "children", "socket", "listen");

  /// @param unit of the number, as settings have it; empty = none
  private record Said(String path, String unit) {
    private String of(String value) {
      if (!unit.equals(SWITCH)) {
        return value + unit;
      }
      return switch (value) {
        case "0", "no", "off" -> "false";
        case "1", "yes", "on" -> "true";
        default -> value;
      };
    }
  }

  /// What is read of a script: `module:name`, or the name of a global.
  static Set<String> read() {
    var all = new TreeSet<>(LISTS.keySet());
    all.addAll(VALUES.keySet());
    return all;
  }

  private static Map.Entry<String, Said> entry(String name, String path, String unit) {
    return Map.entry(name, new Said(path, unit));
  }

  private final List<Definition> definitions;

  /// `modparam(module, name, value)`, or a global `name = value`.
  ///
  /// @param module empty for a global
  public record Definition(Position at, String module, String name, String value) {
    private String key() {
      return module.isEmpty() ? name : module + ":" + name;
    }

    private boolean isRead() {
      return LISTS.containsKey(key()) || VALUES.containsKey(key());
    }

    private int need() {
      if (!LISTS.containsKey(key())) {
        return 2;
      }
      return LISTS.get(key()).equals(TRACE_IDS) ? 1 : 0;
    }

    /// What is said of a socket's or the workers' profile is a definition of its own.
    private Stream<Definition> parts() {
      var scaled = SCALED.matcher(value);
      if (!module.isEmpty() || !MAY_BE_SCALED.contains(name) || !scaled.find()) {
        return Stream.of(this);
      }
      return Stream.of(
          new Definition(at, "", name, value.substring(0, scaled.start()).strip()),
          new Definition(at, "", USE_PROFILE, scaled.group(1)));
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
    this.definitions =
        definitions.stream()
            .flatMap(Definition::parts)
            .filter(Definition::isRead)
            .filter(definition -> !definition.value().isEmpty())
            .toList();
  }

  /// What counts from the start of the node only, as it is written.
  public Set<String> texts() {
    var texts = new TreeSet<String>();
    definitions.forEach(definition -> texts.add(definition.toString()));
    return texts;
  }

  /// Each behind those that it may name: trace_ids behind hep_ids, the use of a profile behind it.
  public List<Definition> byNeed() {
    return definitions.stream().sorted(Comparator.comparing(Definition::need)).toList();
  }

  /// All settings that a script may set or add to.
  static Set<String> paths() {
    var paths = new TreeSet<>(LISTS.values());
    VALUES.values().forEach(said -> paths.add(said.path()));
    return paths;
  }

  /// The names of the trace_ids among them: `[name]uri=...`.
  Set<String> traceIds() {
    var names = new TreeSet<String>();
    for (var definition : definitions) {
      var named = TRACE_ID.matcher(definition.value());
      if (TRACE_IDS.equals(LISTS.get(definition.key())) && named.lookingAt()) {
        names.add(named.group(1).strip());
      }
    }
    return names;
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
      var path = VALUES.get(key).path();
      var value = VALUES.get(key).of(definition.value());
      if (config.hasPath(path)) {
        var before = config.getValue(path).unwrapped();
        if (isConfigured(path, before) && !String.valueOf(before).equals(value)) {
          warnings.add(path + " is " + before + ", but the script's " + definition + " counts");
        }
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
    if (!config.hasPath(path)) {
      return config.withValue(
          path, ConfigValueFactory.fromIterable(List.of(value), "the policy script"));
    }
    if (config.getValue(path).valueType() == ConfigValueType.LIST) {
      all.addAll(config.getStringList(path));
    } else if (!config.getString(path).isBlank()) {
      all.add(config.getString(path));
    }
    all.add(value);
    return config.withValue(path, ConfigValueFactory.fromIterable(all, "the policy script"));
  }
}
