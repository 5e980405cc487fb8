package io.sipscope.persistence.statistics;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the policy script may count, declared as for OpenSIPS's module `statistics`.
///
/// @param variables in group `script`
/// @param groups that [PolicyStatistics#update] may make statistics in
public record StatisticsSettings(
    List<Variable> variables, Set<String> groups, List<SeriesProfile> series) {
  static final String VARIABLES = "sipscope.statistics.variables";
  static final String GROUPS = "sipscope.statistics.groups";
  static final String SERIES = "sipscope.statistics.series";

  public static final StatisticsSettings NONE =
      new StatisticsSettings(List.of(), Set.of(), List.of());

  public StatisticsSettings {
    variables = List.copyOf(variables);
    groups = Set.copyOf(groups);
    series = List.copyOf(series);
  }

  /// @param resettable whether it counts; otherwise it goes up and down, and no reset changes it
  public record Variable(String name, boolean resettable) {}

  /// Reads `sipscope.statistics` of the whole configuration.
  ///
  /// @throws ConfigException one sentence with key, value and what is wanted
  public static StatisticsSettings from(Config config) {
    var variables = new ArrayList<Variable>();
    var names = new HashSet<String>();
    for (var text : texts(config, VARIABLES)) {
      var variable = variable(config, text);
      if (!names.add(variable.name())) {
        throw bad(config, VARIABLES, text, "each name once");
      }
      variables.add(variable);
    }
    var profiles = new ArrayList<SeriesProfile>();
    var profileNames = new HashSet<String>();
    for (var text : texts(config, SERIES)) {
      var profile = profile(config, text);
      if (!profileNames.add(profile.name())) {
        throw bad(config, SERIES, text, "each profile once");
      }
      profiles.add(profile);
    }
    return new StatisticsSettings(variables, groups(config), profiles);
  }

  private static Variable variable(Config config, String text) {
    int slash = text.indexOf('/');
    var name = (slash < 0 ? text : text.substring(0, slash)).strip();
    if (!StatisticName.isWord(name)
        || (slash >= 0 && !text.substring(slash + 1).strip().equals("no_reset"))) {
      throw bad(config, VARIABLES, text, "a name, or name/no_reset");
    }
    if (Catalogue.bundled().hasBareName(name)) {
      throw bad(config, VARIABLES, text, "a name that no statistic has yet");
    }
    return new Variable(name, slash < 0);
  }

  private static Set<String> groups(Config config) {
    var groups = new HashSet<String>();
    for (var text : texts(config, GROUPS)) {
      for (var item : text.split(",", -1)) {
        var group = item.strip();
        if (group.isEmpty() && text.isBlank()) {
          continue;
        }
        if (!StatisticName.isWord(group)) {
          throw bad(config, GROUPS, text, "names of groups, separated by commas");
        }
        groups.add(group);
      }
    }
    return groups;
  }

  private static SeriesProfile profile(Config config, String text) {
    return switch (SeriesProfile.parse(text)) {
      case SeriesProfile.Parsed.Profile(var profile) -> profile;
      case SeriesProfile.Parsed.Unreadable(var wanted) -> throw bad(config, SERIES, text, wanted);
    };
  }

  /// A list of texts, or one text.
  private static List<String> texts(Config config, String key) {
    return config.getValue(key).valueType() == ConfigValueType.LIST
        ? config.getStringList(key)
        : List.of(config.getString(key));
  }

  private static ConfigException.BadValue bad(
      Config config, String key, String value, String wanted) {
    return new ConfigException.BadValue(
        config.getValue(key).origin(), key, "\"" + value + "\" (wanted: " + wanted + ")");
  }
}
