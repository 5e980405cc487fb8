package io.sipscope.node.script.dispatcher;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `sipscope.script.dispatcher`, checked.
///
/// @param sets the URIs of destinations in order, by the number of the set
public record DispatcherSettings(Map<Integer, List<String>> sets) {
  private static final String KEY = "sipscope.script.dispatcher";
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
    return new DispatcherSettings(sets);
  }

  private static List<String> names(Setting setting) {
    try {
      return List.copyOf(setting.config().getObject(KEY).keySet());
    } catch (ConfigException e) {
      throw new BadSetting(KEY, e.getMessage(), WANTED);
    }
  }
}
