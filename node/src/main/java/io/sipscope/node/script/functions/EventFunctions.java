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
      var event = Event.of(name.read(run).asText());
      if (arguments.has(1) && arguments.has(2)) {
        event = paired(event, values(run, arguments.value(1)), values(run, arguments.value(2)));
      } else if (arguments.has(1) || arguments.has(2)) {
        event = with(event, run, arguments.value(arguments.has(1) ? 1 : 2));
      }
      return Answer.of(run.world().raise(event));
    };
  }

  private static List<Value> values(Run run, Term term) {
    return term instanceof AvpVariable avp ? avp.values(run) : List.of(term.read(run));
  }

  private static Event paired(Event event, List<Value> names, List<Value> values) {
    var made = event;
    for (int at = 0; at < Math.min(names.size(), values.size()); at++) {
      made = with(made, names.get(at).asText(), values.get(at));
    }
    return made;
  }

  private static Event with(Event event, String name, Value value) {
    return value instanceof Value.Whole(long number)
        ? event.with(name, number)
        : event.with(name, value.asText());
  }

  private static Event with(Event event, Run run, Term term) {
    if (!(term instanceof AvpVariable)) {
      var value = term.read(run);
      if (value.isNull()) {
        return event;
      }
      var json = new JsonReader(Bytes.of(value.asText())).next();
      if (json.isPresent() && json.get() instanceof Json.Dict(var members)) {
        var made = event;
        for (var member : members) {
          made = with(made, member.name(), value(member.value()));
        }
        return made;
      }
      if (json.isPresent() && json.get() instanceof Json.Array(var elements)) {
        var made = event;
        for (var element : elements) {
          made = with(made, "", value(element));
        }
        return made;
      }
    }
    var made = event;
    for (var value : values(run, term)) {
      made = with(made, "", value);
    }
    return made;
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
