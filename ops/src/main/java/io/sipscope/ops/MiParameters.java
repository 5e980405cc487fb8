package io.sipscope.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Map;

/// The words of a shell as JSON-RPC parameters, the way OpenSIPS's own command line does it: values
/// are strings, and the commands below take one parameter that is a list.
///
/// | words | parameters |
/// | --- | --- |
/// | `trace mode=on` | `{"mode": "on"}` |
/// | `get_statistics dialog: load:` | `[["dialog:", "load:"]]` |
/// | `get_statistics statistics='dialog: load:'` | `{"statistics": ["dialog:", "load:"]}` |
/// | `event_subscribe E_X udp:127.0.0.1:9` | `["E_X", "udp:127.0.0.1:9"]` |
final class MiParameters {
  private record ListParameter(String name, int index) {}

  private static final ListParameter STATISTICS = new ListParameter("statistics", 0);
  private static final ListParameter FILTER = new ListParameter("filter", 2);
  private static final ListParameter EVENT_PARAMS = new ListParameter("params", 1);

  /// By both names of each command, that of 3.x and that of 4.1.
  private static final Map<String, ListParameter> LISTS =
      Map.ofEntries(
          Map.entry("get_statistics", STATISTICS),
          Map.entry("statistics:get", STATISTICS),
          Map.entry("list_statistics", STATISTICS),
          Map.entry("statistics:list", STATISTICS),
          Map.entry("reset_statistics", STATISTICS),
          Map.entry("statistics:reset", STATISTICS),
          Map.entry("record_statistics", STATISTICS),
          Map.entry("statistics:record", STATISTICS),
          Map.entry("trace_start", FILTER),
          Map.entry("tracer:start", FILTER),
          Map.entry("raise_event", EVENT_PARAMS),
          Map.entry("evi:raise", EVENT_PARAMS));

  private MiParameters() {}

  /// Refuses a mixture of named and positional words: JSON-RPC has no such thing.
  static JsonNode of(String command, List<String> words) throws Failure {
    boolean anyNamed = words.stream().anyMatch(MiParameters::isNamed);
    if (anyNamed && !words.stream().allMatch(MiParameters::isNamed)) {
      throw new Failure("give every argument as NAME=VALUE, or none (got " + words + ")");
    }
    return anyNamed ? named(command, words) : positional(command, words);
  }

  private static JsonNode named(String command, List<String> words) {
    var parameters = RemoteNode.JSON.createObjectNode();
    for (var word : words) {
      var name = word.substring(0, word.indexOf('='));
      var value = word.substring(name.length() + 1);
      if (LISTS.containsKey(command) && LISTS.get(command).name().equals(name)) {
        addAll(parameters.putArray(name), List.of(value.strip().split("\\s+")));
      } else {
        parameters.put(name, value);
      }
    }
    return parameters;
  }

  private static JsonNode positional(String command, List<String> words) {
    var parameters = RemoteNode.JSON.createArrayNode();
    var list = LISTS.get(command);
    if (list == null || words.size() <= list.index()) {
      addAll(parameters, words);
    } else {
      addAll(parameters, words.subList(0, list.index()));
      addAll(parameters.addArray(), words.subList(list.index(), words.size()));
    }
    return parameters;
  }

  private static void addAll(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }

  /// `name=value` where the name is a plain word: `sip:a@b;x=y` is a value.
  private static boolean isNamed(String word) {
    int equals = word.indexOf('=');
    return equals > 0
        && word.substring(0, equals)
            .chars()
            .allMatch(c -> c == '_' || c == '-' || Character.isLetterOrDigit(c));
  }
}
