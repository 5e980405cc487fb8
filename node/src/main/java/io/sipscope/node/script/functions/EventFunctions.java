package io.sipscope.node.script.functions;

import io.sipscope.node.script.functions.ScriptFunction.Call;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.AvpVariable;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.persistence.events.Event;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.json.Json;
import io.sipscope.protocol.json.JsonReader;
import java.util.List;
import java.util.stream.IntStream;

/// `raise_event(event[, attributes[, values]])`: attributes and values by `$avp`s that go together,
/// or values alone by one `$avp`, or a JSON object or array.
final class EventFunctions {
  private EventFunctions() {}

  static List<ScriptFunction> all() {
    return List.of(
        Named.of(
            "raise_event",
            "",
            List.of(
                Parameter.text("event"),
                Parameter.text("attributes").optional(),
                Parameter.text("values").optional()),
            EventFunctions::raise));
  }

  private static Call raise(Arguments arguments) throws Unusable {
    var name = arguments.value(0);
    if (arguments.literal(0).filter(String::isBlank).isPresent()) {
      throw new Unusable("no event is named");
    }
    return run -> {
      var event = name.read(run).asText();
      return Answer.of(run.world().raise(new Event(event, parameters(arguments, run))));
    };
  }

  private static List<Event.Parameter> parameters(Arguments arguments, Run run) {
    if (arguments.has(1) && arguments.has(2)) {
      return paired(values(run, arguments.value(1)), values(run, arguments.value(2)));
    }
    return arguments.has(1) || arguments.has(2)
        ? alone(run, arguments.value(arguments.has(1) ? 1 : 2))
        : List.of();
  }

  private static List<Value> values(Run run, Term term) {
    return term instanceof AvpVariable avp ? avp.values(run) : List.of(term.read(run));
  }

  private static List<Event.Parameter> paired(List<Value> names, List<Value> values) {
    return IntStream.range(0, Math.min(names.size(), values.size()))
        .mapToObj(at -> parameter(names.get(at).asText(), values.get(at)))
        .toList();
  }

  private static Event.Parameter parameter(String name, Value value) {
    return new Event.Parameter(
        name,
        value instanceof Value.Whole(long number)
            ? new Event.Value.Whole(number)
            : new Event.Value.Text(value.asText()));
  }

  private static List<Event.Parameter> alone(Run run, Term term) {
    if (!(term instanceof AvpVariable)) {
      var value = term.read(run);
      if (value.isNull()) {
        return List.of();
      }
      var json = new JsonReader(Bytes.of(value.asText())).next();
      if (json.isPresent() && json.get() instanceof Json.Dict(var members)) {
        return members.stream()
            .map(member -> parameter(member.name(), value(member.value())))
            .toList();
      }
      if (json.isPresent() && json.get() instanceof Json.Array(var elements)) {
        return elements.stream().map(element -> parameter("", value(element))).toList();
      }
    }
    return values(run, term).stream().map(value -> parameter("", value)).toList();
  }

  private static Value value(Json json) {
    return switch (json) {
      case Json.Text(var bytes) -> Value.of(bytes.utf8());
      case Json.Numeral(var digits) -> {
        var number = Value.of(digits).asNumber();
        yield number.isPresent() ? Value.of(number.getAsLong()) : Value.of(digits);
      }
      case Json.Bool(var yes) -> Value.of(Boolean.toString(yes));
      case Json.Null _, Json.Array _, Json.Dict _ -> Value.of("");
    };
  }
}
