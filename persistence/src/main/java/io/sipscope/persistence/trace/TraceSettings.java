package io.sipscope.persistence.trace;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOriginFactory;
import io.sipscope.persistence.trace.TracedMessage.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `sipscope.trace`, checked.
///
/// @param on whether anything is traced before somebody flips a switch
/// @param localSide what `trace_local_ip` says
/// @param targets in the order in which they are listed
/// @param warnings what is used otherwise than it is written
public record TraceSettings(
    boolean on,
    Optional<Side> localSide,
    List<TraceTarget> targets,
    List<TraceRule> rules,
    List<String> warnings) {
  public static final TraceSettings NONE =
      new TraceSettings(true, Optional.empty(), List.of(), List.of(), List.of());

  private static final String ON = "sipscope.trace.on";
  private static final String LOCAL_IP = "sipscope.trace.local-ip";

  public TraceSettings {
    targets = List.copyOf(targets);
    rules = List.copyOf(rules);
    warnings = List.copyOf(warnings);
  }

  /// @throws ConfigException with key, value and what is wanted; no password in it
  public static TraceSettings from(Config config) {
    var read =
        TraceDefinitions.read(
            config.getStringList(TraceDefinitions.KEY), config.getStringList(HepIds.KEY));
    return switch (read) {
      case TraceDefinitions.Outcome.Wrong(var key, var value, var reason) ->
          throw bad(config, key, "\"" + value + "\": " + reason);
      case TraceDefinitions.Outcome.Defined(var targets, var warnings) ->
          from(config, targets, warnings);
    };
  }

  private static TraceSettings from(
      Config config, List<TraceTarget> targets, List<String> warnings) {
    var local = localSide(config);
    var ids = targets.stream().map(TraceTarget::id).toList();
    var all = new ArrayList<>(warnings);
    local.map(LocalSide::warning).filter(text -> !text.isEmpty()).ifPresent(all::add);
    return new TraceSettings(
        on(config), local.map(LocalSide::side), targets, RuleReader.read(config, ids), all);
  }

  /// 1 and 0 as OpenSIPS has it, or true and false.
  private static boolean on(Config config) {
    var given = String.valueOf(config.getValue(ON).unwrapped());
    return switch (given) {
      case "1", "true", "on", "yes" -> true;
      case "0", "false", "off", "no" -> false;
      default -> throw bad(config, ON, "\"" + given + "\" (wanted: 1 or 0)");
    };
  }

  private static Optional<LocalSide> localSide(Config config) {
    var given = config.getString(LOCAL_IP);
    if (given.isBlank()) {
      return Optional.empty();
    }
    return switch (LocalSide.read(given)) {
      case Reading.Bad<LocalSide>(var reason) -> throw bad(config, LOCAL_IP, reason);
      case Reading.Good<LocalSide>(var side) -> Optional.of(side);
    };
  }

  static ConfigException bad(Config config, String key, String sentence) {
    var origin =
        config.hasPath(key)
            ? config.getValue(key).origin()
            : ConfigOriginFactory.newSimple("the configuration");
    return new ConfigException.BadValue(origin, key, sentence);
  }

  /// Whether there is a configured destination of that id.
  public boolean isDefined(String id) {
    return targets.stream().anyMatch(target -> target.id().equals(id));
  }
}
