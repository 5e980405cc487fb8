package io.sipscope.http.mi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The commands there are, each with its recipes: the lists of parameters it takes.
enum MiName {
  GET_STATISTICS(
      "get_statistics",
      "statistics:get",
      List.of(List.of("statistics")),
      given -> MiCommand.getStatistics(given.getFirst())),
  UPTIME("uptime", "core:uptime", List.of(List.of()), _ -> new MiCommand.Uptime()),
  VERSION(
      "version",
      "core:version",
      List.of(List.of(), List.of("revision")),
      _ -> new MiCommand.Version()),
  WHICH(
      "which",
      "core:which",
      List.of(List.of(), List.of("command")),
      given -> new MiCommand.Which(given.stream().findFirst().map(JsonNode::asText)));

  private final String text;
  private final String canonical;
  private final List<List<String>> recipes;
  private final Function<List<JsonNode>, MiCommand> command;

  MiName(
      String text,
      String canonical,
      List<List<String>> recipes,
      Function<List<JsonNode>, MiCommand> command) {
    this.text = text;
    this.canonical = canonical;
    this.recipes = recipes;
    this.command = command;
  }

  String text() {
    return text;
  }

  List<List<String>> recipes() {
    return recipes;
  }

  /// Names are case-sensitive.
  static Optional<MiName> of(String method) {
    return Arrays.stream(values())
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
