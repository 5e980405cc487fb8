package io.sipscope.http.mi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a JSON-RPC request asks of the management interface, or why it asks nothing. Names, recipes
/// and errors are those of OpenSIPS 3.x; its 4.1 names (`statistics:get`) are understood too.
sealed interface MiCommand {

  /// @param name the command whose recipes are wanted; absent = the names of all
  record Which(Optional<String> name) implements MiCommand {}

  record Version() implements MiCommand {}

  record Uptime() implements MiCommand {}

  /// @param names `all`, `group:` or a bare name each
  record GetStatistics(List<String> names) implements MiCommand {}

  record Unknown() implements MiCommand {}

  /// @param why the `data` of the error -32602
  record BadParams(String why) implements MiCommand {}

  /// Parameters that are neither an array nor an object.
  record BadRequest() implements MiCommand {}

  static MiCommand of(String method, JsonNode params) {
    var command = MiName.of(method);
    if (command.isEmpty()) {
      return new Unknown();
    }
    if (params != null && !params.isArray() && !params.isObject()) {
      return new BadRequest();
    }
    return command.get().read(params);
  }

  static MiCommand getStatistics(JsonNode statistics) {
    if (!statistics.isArray()) {
      return new BadParams("Bad type for parameter 'statistics'");
    }
    if (statistics.isEmpty()) {
      return new BadParams("Empty array in parameter 'statistics'");
    }
    var names = new ArrayList<String>(statistics.size());
    for (var name : statistics) {
      if (name.isContainerNode() || name.isNull()) {
        return new BadParams("Bad type for array item in parameter 'statistics'");
      }
      names.add(name.asText());
    }
    return new GetStatistics(List.copyOf(names));
  }
}
