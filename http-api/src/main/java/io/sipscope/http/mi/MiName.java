package io.sipscope.http.mi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A command there is, with its recipes: the lists of parameters it takes.
///
/// @param text its name in OpenSIPS 3.x, case-sensitive
/// @param canonical its name in OpenSIPS 4.1
/// @param command makes the command from the parameters of a recipe, in order
record MiName(
    String text,
    String canonical,
    List<List<String>> recipes,
    Function<List<JsonNode>, MiCommand> command) {

  static final List<MiName> ALL =
      List.of(
          new MiName(
              "get_statistics",
              "statistics:get",
              List.of(List.of("statistics")),
              given -> MiCommand.getStatistics(given.getFirst())),
          new MiName("uptime", "core:uptime", List.of(List.of()), _ -> new MiCommand.Uptime()),
          new MiName(
              "version",
              "core:version",
              List.of(List.of(), List.of("revision")),
              _ -> new MiCommand.Version()),
          new MiName(
              "which",
              "core:which",
              List.of(List.of(), List.of("command")),
              given -> new MiCommand.Which(given.stream().findFirst().map(JsonNode::asText))));

  static Optional<MiName> of(String method) {
    return ALL.stream()
        .filter(name -> name.text.equals(method) || name.canonical.equals(method))
        .findFirst();
  }

  /// Reads parameters by the first recipe that they fit: an array by its size, an object by its
  /// names.
  ///
  /// @param params absent (`null`), an array or an object
  MiCommand read(JsonNode params) {
    int given = params == null ? 0 : params.size();
    boolean named = params != null && params.isObject() && given > 0;
    for (var recipe : recipes) {
      if (recipe.size() == given && (!named || recipe.stream().allMatch(params::has))) {
        return command.apply(
            recipe.stream()
                .map(name -> named ? params.get(name) : params.get(recipe.indexOf(name)))
                .toList());
      }
    }
    return new MiCommand.BadParams(
        named ? "Named parameters do not match" : "Too few or too many parameters");
  }
}
