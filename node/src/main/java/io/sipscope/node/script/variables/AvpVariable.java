package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Place;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import java.util.ArrayList;
import java.util.List;

/// `$avp(x)`: values of one name, each assignment adding one; read is the last. `$(avp(x)[1])` is
/// the one before it. Null takes all away. Kept for a run.
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
    return run.kept().get(key(run)) instanceof Values(var all) ? List.copyOf(all) : List.of();
  }

  @Override
  public void write(Run run, Value value) {
    if (value.isNull()) {
      run.kept().remove(key(run));
      return;
    }
    var known = run.kept().get(key(run));
    var values = known instanceof Values(var all) ? all : new ArrayList<Value>();
    if (values.size() == MAX_VALUES) {
      throw new ScriptFailure("$avp(" + name.read(run).asText() + ") is full: " + MAX_VALUES);
    }
    values.add(value);
    run.kept().put(key(run), new Values(values));
  }

  private record Values(List<Value> all) {}

  private Key key(Run run) {
    return new Key(name.read(run).asText());
  }
}
