package io.sipscope.node.script.dispatcher;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import io.sipscope.node.script.engine.ScriptFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `sipscope.script.dispatcher` and what goes with it, checked.
///
/// @param sets the URIs of destinations in order, by the number of the set
/// @param listFile more sets, as the module `dispatcher` reads them
/// @param pattern `pvar_algo_pattern`; empty = none
public record DispatcherSettings(
    Map<Integer, List<String>> sets, Optional<Path> listFile, String pattern) {
  private static final String KEY = "sipscope.script.dispatcher";
  private static final String FILE = KEY + "-list-file";
  private static final String PATTERN = "sipscope.script.pvar-algo-pattern";
  private static final String WANTED = "sets by number: { 1 = [\"sip:10.0.0.1:9060\"] }";

  /// @throws BadSetting naming the first set that is none
  public static DispatcherSettings from(Setting setting) {
    var sets = new TreeMap<Integer, List<String>>();
    for (var number : names(setting)) {
      var key = KEY + "." + number;
      var uris = setting.names(KEY + "." + ConfigUtil.quoteString(number));
      if (!Sets.isNumber(number) || uris.isEmpty()) {
        throw new BadSetting(key, uris, WANTED);
      }
      for (var uri : uris) {
        if (HepRelay.destination(uri).isEmpty()) {
          throw new BadSetting(key, uri, "a destination such as sip:10.0.0.1:9060;transport=tcp");
        }
      }
      sets.put(Integer.valueOf(number), uris);
    }
    var file = setting.text(FILE);
    return new DispatcherSettings(
        sets,
        file.isBlank() ? Optional.empty() : Optional.of(Path.of(file.strip())),
        setting.text(PATTERN));
  }

  /// What the configuration says, and the file, which is read anew; what the file says of a set
  /// counts.
  ///
  /// @return errors with the file's name and line, and what could be read
  public Sets.Outcome read() {
    var all = new TreeMap<>(sets);
    var errors = new ArrayList<String>();
    listFile.ifPresent(
        file -> {
          var listed = read(file);
          all.putAll(listed.sets());
          listed.errors().forEach(error -> errors.add(file + ": " + error));
        });
    return new Sets.Outcome(all, errors);
  }

  private static Sets.Outcome read(Path file) {
    return switch (ScriptFile.read(file)) {
      case ScriptFile.Text(var text) -> Sets.read(text.lines().toList());
      case ScriptFile.Unreadable(var why) ->
          new Sets.Outcome(Map.of(), List.of("list_file of the dispatcher: " + why));
    };
  }

  private static List<String> names(Setting setting) {
    try {
      return List.copyOf(setting.config().getObject(KEY).keySet());
    } catch (ConfigException e) {
      throw new BadSetting(KEY, e.getMessage(), WANTED);
    }
  }
}
