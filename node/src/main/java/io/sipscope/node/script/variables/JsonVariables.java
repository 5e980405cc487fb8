package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Composed;
import io.sipscope.node.script.run.Place;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Argument;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.util.List;
import java.util.Optional;

/// `$json(document/path)`: `:=` reads a text as JSON, `=` puts a string or number, null takes
/// away. Reading gives strings as they are, whole numbers as numbers, all else as JSON.
final class JsonVariables {
  private record Key(String document) {}

  private JsonVariables() {}

  static List<VariableKind> all() {
    return List.of(
        Inside.of("json", JsonVariables::json), Inside.of("json_compact", JsonVariables::json));
  }

  private static Term json(Argument argument) throws Unusable {
    if (argument.literal().isPresent()) {
      var text = argument.literal().get();
      var path =
          JsonPath.read(text)
              .orElseThrow(() -> new Unusable("\"" + text + "\" (wanted: document/key/list[0])"));
      return new Document(argument, _ -> Optional.of(path));
    }
    return new Document(argument, run -> JsonPath.read(text(argument, run)));
  }

  /// What a variable of the path says is a name, or part of one, whatever it is.
  private static String text(Argument argument, Run run) {
    var text =
        argument.text() instanceof Composed composed
            ? composed.read(run, JsonPath::asName)
            : argument.text().read(run);
    return text.asText();
  }

  @FunctionalInterface
  private interface Paths {
    Optional<JsonPath> of(Run run);
  }

  private record Document(Argument argument, Paths paths) implements Place {
    @Override
    public Value read(Run run) {
      return path(run).flatMap(path -> found(run, path)).map(Document::value).orElse(NULL);
    }

    private Optional<JsonPath> path(Run run) {
      var bracketed = argument.index().read(run);
      return bracketed.isNull()
          ? paths.of(run)
          : JsonPath.read(JsonVariables.text(argument, run) + "[" + bracketed.asText() + "]");
    }

    private static Optional<JsonNode> found(Run run, JsonPath path) {
      return root(run, path).flatMap(path::find);
    }

    private static Optional<JsonNode> root(Run run, JsonPath path) {
      return run.kept().get(new Key(path.document())) instanceof JsonNode node
          ? Optional.of(node)
          : Optional.empty();
    }

    private static Value value(JsonNode node) {
      return switch (node) {
        case JsonNode.Text(var text) -> Value.of(text);
        case JsonNode.Word(var word) when word.equals("null") -> NULL;
        case JsonNode.Word(var word) when Value.NUMBER.matcher(word).matches() ->
            Value.of(Long.parseLong(word));
        case JsonNode.Word(var word) -> Value.of(word);
        case JsonNode.Items _, JsonNode.Dict _ -> Value.of(node.json());
      };
    }

    @Override
    public void write(Run run, Value value) {
      switch (value) {
        case Value.Missing.NULL -> remove(run);
        case Value.Whole(long number) -> put(run, JsonNode.number(number));
        case Value.Text(var text) -> put(run, new JsonNode.Text(text));
      }
    }

    @Override
    public void parse(Run run, Value value) {
      if (value.isNull()) {
        remove(run);
        return;
      }
      run.made(value.asText().length());
      put(
          run,
          JsonNode.read(value.asText())
              .orElseThrow(() -> ScriptFailure.alone("what is assigned with := is no JSON")));
    }

    private void remove(Run run) {
      path(run)
          .ifPresent(
              path -> {
                if (path.steps().isEmpty()) {
                  run.kept().remove(new Key(path.document()));
                } else {
                  root(run, path).ifPresent(path::remove);
                }
              });
    }

    private void put(Run run, JsonNode node) {
      var path =
          path(run).orElseThrow(() -> ScriptFailure.alone("the path of a $json is none just now"));
      if (path.steps().isEmpty()) {
        run.kept().put(new Key(path.document()), node);
      } else {
        path.put(
            root(run, path)
                .orElseThrow(
                    () -> ScriptFailure.alone("there is no $json(" + path.document() + ") yet")),
            node);
      }
    }
  }

  private static final Value NULL = Value.Missing.NULL;
}
