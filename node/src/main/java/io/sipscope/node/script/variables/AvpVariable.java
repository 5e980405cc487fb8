package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Place;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import java.util.ArrayList;
import java.util.List;

/// `$avp(x)`: values of one name, each assignment adding one; read is the last. `$(avp(x)[1])` is
/// the one before it, `$(avp(x)[*])` all of them. Null takes away what was named, `:=` puts a value
/// in the place of all. Kept for a run.
///
/// @param index reads null without brackets
public record AvpVariable(Term name, Term index) implements Place {
  /// As many values of one name.
  static final int MAX_VALUES = 256;

  private record Key(String name) {}

  static List<VariableKind> all() {
    return List.of(
        Inside.of("avp", argument -> new AvpVariable(argument.text(), argument.index())));
  }

  @Override
  public Value read(Run run) {
    var newestFirst = values(run).reversed();
    var at = index.read(run);
    if (at.isNull()) {
      return newestFirst.isEmpty() ? Value.Missing.NULL : newestFirst.getFirst();
    }
    return Indexed.of(newestFirst.stream().map(Value::asText).toList(), at);
  }

  /// In the order in which they were assigned.
  public List<Value> values(Run run) {
    return List.copyOf(all(run));
  }

  @Override
  public void write(Run run, Value value) {
    var at = index.read(run);
    if (Indexed.isAll(at)) {
      parse(run, value);
    } else if (!at.isNull()) {
      change(run, at, value);
    } else if (!value.isNull()) {
      add(run, value);
    } else {
      var all = all(run);
      if (!all.isEmpty()) {
        all.removeLast();
      }
    }
  }

  /// In the place of all there are.
  @Override
  public void parse(Run run, Value value) {
    run.kept().remove(key(run));
    if (!value.isNull()) {
      add(run, value);
    }
  }

  private void add(Run run, Value value) {
    var all = all(run);
    if (all.size() == MAX_VALUES) {
      throw new ScriptFailure(shown(run) + " is full: " + MAX_VALUES);
    }
    all.add(value);
    run.kept().put(key(run), new Values(all));
  }

  /// One that is there is replaced, or taken away.
  private void change(Run run, Value at, Value value) {
    var all = all(run);
    var newestFirst = all.reversed();
    int place = Indexed.place(at, all.size());
    if (place >= 0 && value.isNull()) {
      newestFirst.remove(place);
    } else if (place >= 0) {
      newestFirst.set(place, value);
    } else if (!value.isNull()) {
      throw ScriptFailure.alone(shown(run) + " has no value " + at.asText() + " to replace");
    }
  }

  /// As they are kept, or to be.
  private List<Value> all(Run run) {
    return run.kept().get(key(run)) instanceof Values(var all) ? all : new ArrayList<>();
  }

  private String shown(Run run) {
    return "$avp(" + name.read(run).asText() + ")";
  }

  private record Values(List<Value> all) {}

  private Key key(Run run) {
    return new Key(name.read(run).asText());
  }
}
