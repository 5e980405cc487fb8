package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.ScriptFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where in a JSON document: `name/key/list[0]`, `list[-1]` from the end, `list[]` behind the end.
///
/// @param document its name
record JsonPath(String document, List<Step> steps) {
  /// Deeper ones no document of bounded depth has.
  static final int MAX_STEPS = 64;

  /// As many elements of one array, or members of one object, that a script may make.
  static final int MAX_MEMBERS = 10_000;

  /// What stands for a slash and a bracket that part nothing.
  private static final char SLASH = '\u0001';

  private static final char BRACKET = '\u0002';

  private static final JsonNode NOTHING = new JsonNode.Word("null");

  sealed interface Step {
    record Key(String name) implements Step {}

    record Index(int at) implements Step {}

    record End() implements Step {}
  }

  JsonPath {
    steps = List.copyOf(steps);
  }

  /// A text as it can stand in a path as a name, or part of one.
  static String asName(String text) {
    return text.replace('/', SLASH).replace('[', BRACKET);
  }

  private static String named(String text) {
    return text.replace(SLASH, '/').replace(BRACKET, '[');
  }

  /// Empty when it is none: no name, brackets that do not close, an index that is no number.
  static Optional<JsonPath> read(String text) {
    var steps = new ArrayList<Step>();
    int at = end(text, 0);
    var name = text.substring(0, at).strip();
    boolean sound = !name.isEmpty();
    while (sound && at < text.length() && steps.size() < MAX_STEPS) {
      if (text.charAt(at) == '/') {
        int end = end(text, at + 1);
        steps.add(new Step.Key(named(text.substring(at + 1, end))));
        at = end;
      } else {
        int close = text.indexOf(']', at);
        var index = close < 0 ? Optional.<Step>empty() : index(text.substring(at + 1, close));
        sound = index.isPresent();
        index.ifPresent(steps::add);
        at = close + 1;
        sound &= at == text.length() || text.charAt(at) == '/' || text.charAt(at) == '[';
      }
    }
    return sound && at == text.length()
        ? Optional.of(new JsonPath(named(name), steps))
        : Optional.empty();
  }

  private static int end(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '/' && text.charAt(at) != '[') {
      at++;
    }
    return at;
  }

  private static Optional<Step> index(String text) {
    var digits = text.strip();
    if (digits.isEmpty()) {
      return Optional.of(new Step.End());
    }
    boolean isNumber = digits.matches("[+-]?\\d{1,9}");
    return isNumber ? Optional.of(new Step.Index(Integer.parseInt(digits))) : Optional.empty();
  }

  /// What is there, if anything.
  Optional<JsonNode> find(JsonNode root) {
    return walk(root, steps);
  }

  private static Optional<JsonNode> walk(JsonNode root, List<Step> steps) {
    var node = Optional.of(root);
    for (var step : steps) {
      node = node.flatMap(parent -> child(parent, step));
    }
    return node;
  }

  private static Optional<JsonNode> child(JsonNode parent, Step step) {
    return switch (parent) {
      case JsonNode.Dict(var members) when step instanceof Step.Key(var name) ->
          Optional.ofNullable(members.get(name));
      case JsonNode.Items(var elements) when step instanceof Step.Index(int given) -> {
        int at = given < 0 ? given + elements.size() : given;
        yield at < 0 || at >= elements.size() ? Optional.empty() : Optional.of(elements.get(at));
      }
      default -> Optional.empty();
    };
  }

  /// Puts something there, in place of what there is. Not for a path without steps.
  ///
  /// @throws ScriptFailure when there is nothing it could be put into
  void put(JsonNode root, JsonNode value) {
    switch (parent(root)) {
      case JsonNode.Dict(var members) when steps.getLast() instanceof Step.Key(var name) -> {
        if (members.size() >= MAX_MEMBERS && !members.containsKey(name)) {
          throw full();
        }
        members.put(name, value);
      }
      case JsonNode.Items(var elements) when steps.getLast() instanceof Step.Index(int given) -> {
        int at = given < 0 ? given + elements.size() : given;
        if (at < 0 || at >= elements.size()) {
          throw nowhere();
        }
        elements.set(at, value);
      }
      case JsonNode.Items(var elements) when steps.getLast() instanceof Step.End -> {
        if (elements.size() >= MAX_MEMBERS) {
          throw full();
        }
        elements.add(value);
      }
      default -> throw nowhere();
    }
  }

  /// Takes away what is there; nothing happens where there is nothing.
  void remove(JsonNode root) {
    switch (walk(root, steps.subList(0, steps.size() - 1)).orElse(NOTHING)) {
      case JsonNode.Dict(var members) when steps.getLast() instanceof Step.Key(var name) ->
          members.remove(name);
      case JsonNode.Items(var elements) when steps.getLast() instanceof Step.Index(int given) -> {
        int at = given < 0 ? given + elements.size() : given;
        if (at >= 0 && at < elements.size()) {
          elements.remove(at);
        }
      }
      default -> {}
    }
  }

  private JsonNode parent(JsonNode root) {
    return walk(root, steps.subList(0, steps.size() - 1)).orElseThrow(this::nowhere);
  }

  private ScriptFailure nowhere() {
    return ScriptFailure.alone("$json(" + document + ") has no place of that path");
  }

  private ScriptFailure full() {
    return new ScriptFailure("$json(" + document + ") is full: " + MAX_MEMBERS + " in one place");
  }
}
