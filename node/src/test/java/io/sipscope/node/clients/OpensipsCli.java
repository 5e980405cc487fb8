package io.sipscope.node.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// `opensips-cli -x mi COMMAND ARGUMENT...`: it asks for `which` first and knows no other command.
/// Arguments are named if all of them are, else positional; every value is a string.
record OpensipsCli(PythonOpensips mi) {
  private static final Pattern NAMED = Pattern.compile("([a-zA-Z._-]+)=(.*)", Pattern.DOTALL);

  /// Commands with a parameter that takes the rest of the arguments, from that position on.
  private static final Map<String, Rest> ARRAYS =
      Map.of(
          "get_statistics", new Rest(0, "statistics"),
          "list_statistics", new Rest(0, "statistics"),
          "reset_statistics", new Rest(0, "statistics"),
          "trace_start", new Rest(0, "filter"),
          "raise_event", new Rest(1, "params"));

  private record Rest(int position, String name) {}

  JsonNode mi(String command, String... arguments) throws Exception {
    mi.valid();
    if (StreamSupport.stream(mi.execute("which").spliterator(), false)
        .noneMatch(known -> known.asText().equals(command))) {
      throw new IllegalArgumentException("no command '" + command + "' in module 'mi'");
    }
    return mi.execute(command, params(command, List.of(arguments)));
  }

  /// What the Tab key asks for: the names of a command's parameters, one array a recipe.
  JsonNode completion(String command) throws Exception {
    return mi.execute("which", PythonJson.of(Map.of("command", command)));
  }

  private static JsonNode params(String command, List<String> arguments) {
    var rest = ARRAYS.get(command);
    if (arguments.stream().allMatch(argument -> NAMED.matcher(argument).matches())) {
      var named = new LinkedHashMap<String, Object>();
      for (var argument : arguments) {
        var parts = NAMED.matcher(argument);
        parts.matches();
        boolean list = rest != null && rest.name().equals(parts.group(1));
        named.put(parts.group(1), list ? Arrays.asList(parts.group(2).split(" ")) : parts.group(2));
      }
      return PythonJson.of(named);
    }
    if (rest == null) {
      return PythonJson.of(arguments);
    }
    var params = PythonJson.MAPPER.createArrayNode();
    arguments.subList(0, rest.position()).forEach(params::add);
    params.add(PythonJson.of(arguments.subList(rest.position(), arguments.size())));
    return params;
  }
}
