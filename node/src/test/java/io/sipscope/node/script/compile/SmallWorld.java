package io.sipscope.node.script.compile;

import io.sipscope.node.script.functions.Arguments;
import io.sipscope.node.script.functions.ScriptFunction;
import io.sipscope.node.script.run.Place;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.run.World;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.Transformation;
import io.sipscope.node.script.variables.VariableKind;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A few variables and functions, enough to see what a program means. What it says (`say(text)`)
/// is kept in the run.
final class SmallWorld {
  static final Registry REGISTRY =
      new Registry(
          named(
              List.of(
                  new Var("var"),
                  new Constant("rm", Value.of("INVITE")),
                  new Constant("rs", Value.Missing.NULL),
                  new Constant("ml", Value.of(512)),
                  new Constant("ct.fields", Value.of("sip:a@b")),
                  new Result(),
                  new Items(),
                  new Returned(),
                  new Given()),
              VariableKind::name),
          named(
              List.of(
                  new Fixed("yes", Set.of(), 1),
                  new Fixed("no", Set.of(), -1),
                  new Fixed("over", Set.of(), 0),
                  new Fixed("far", Set.of("distant"), 1),
                  new Say(),
                  new Put(),
                  new Ask(),
                  new Tell(),
                  new Fall()),
              ScriptFunction::name),
          Map.<String, Transformation>of(
              "s.len", (value, _) -> Value.of(value.asText().length()),
              "s.toupper", (value, _) -> Value.of(value.asText().toUpperCase(Locale.ROOT)),
              "s.cat", (value, arguments) -> Value.of(value.asText() + arguments)));

  private SmallWorld() {}

  private static <T> Map<String, T> named(List<T> all, Function<T, String> name) {
    return all.stream().collect(Collectors.toMap(name, Function.identity()));
  }

  /// What a run has said.
  static String said(Run run) {
    return run.kept().getOrDefault(Say.class, "").toString();
  }

  record Var(String name) implements VariableKind {
    @Override
    public Inner inner() {
      return Inner.REQUIRED;
    }

    @Override
    public Term at(Argument argument) throws Unusable {
      if (argument.literal().filter(String::isEmpty).isPresent()) {
        throw new Unusable("$var wants a name");
      }
      return new Variable(argument.text());
    }
  }

  record Variable(Term name) implements Place {
    @Override
    public Value read(Run run) {
      return run.variables().getOrDefault(name.read(run).asText(), Value.Missing.NULL);
    }

    @Override
    public void write(Run run, Value value) {
      run.variables().put(name.read(run).asText(), value);
    }

    @Override
    public void parse(Run run, Value value) {
      write(run, Value.of("parsed " + value.asText()));
    }
  }

  record Constant(String name, Value value) implements VariableKind {
    @Override
    public Inner inner() {
      return Inner.OPTIONAL;
    }

    @Override
    public Term at(Argument argument) {
      return _ -> value;
    }
  }

  record Result() implements VariableKind {
    @Override
    public String name() {
      return "rc";
    }

    @Override
    public Inner inner() {
      return Inner.NONE;
    }

    @Override
    public Term at(Argument argument) {
      return Run::result;
    }
  }

  /// `$(item(a b c)[i])`.
  record Items() implements VariableKind {
    @Override
    public String name() {
      return "item";
    }

    @Override
    public Inner inner() {
      return Inner.REQUIRED;
    }

    @Override
    public Term at(Argument argument) {
      return run -> {
        var all = argument.text().read(run).asText().split(" ", -1);
        var at = (int) argument.index().read(run).asNumber().orElse(0);
        return at < all.length && !all[at].isEmpty() ? Value.of(all[at]) : Value.Missing.NULL;
      };
    }
  }

  record Returned() implements VariableKind {
    @Override
    public String name() {
      return "return";
    }

    @Override
    public Inner inner() {
      return Inner.REQUIRED;
    }

    @Override
    public Term at(Argument argument) {
      return run -> {
        var at = (int) argument.text().read(run).asNumber().orElse(0);
        return at < run.returned().size() ? run.returned().get(at) : Value.Missing.NULL;
      };
    }
  }

  record Given() implements VariableKind {
    @Override
    public String name() {
      return "param";
    }

    @Override
    public Inner inner() {
      return Inner.REQUIRED;
    }

    @Override
    public Term at(Argument argument) {
      return run -> {
        var place = (int) argument.text().read(run).asNumber().orElse(1);
        return place <= run.parameters().size()
            ? run.parameters().get(place - 1)
            : Value.Missing.NULL;
      };
    }
  }

  record Fixed(String name, Set<String> modules, int code) implements ScriptFunction {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Call at(Arguments arguments) {
      return _ -> code;
    }
  }

  /// `say(text, [more])`.
  record Say() implements ScriptFunction {
    @Override
    public String name() {
      return "say";
    }

    @Override
    public Set<String> modules() {
      return Set.of();
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(
          Parameter.text("text"),
          Parameter.text("middle").optional(),
          Parameter.number("number").optional());
    }

    @Override
    public Call at(Arguments arguments) {
      return run -> {
        var text = new StringBuilder(said(run));
        for (var i = 0; i < 3; i++) {
          if (arguments.has(i)) {
            text.append(i == 0 ? "" : "/").append(arguments.value(i).read(run).asText());
          }
        }
        run.kept().put(Say.class, text.append(' ').toString());
        return 1;
      };
    }
  }

  /// `tell(text)`: the world hears of it.
  record Tell() implements ScriptFunction {
    @Override
    public String name() {
      return "tell";
    }

    @Override
    public Set<String> modules() {
      return Set.of();
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.text("text"));
    }

    @Override
    public Call at(Arguments arguments) {
      return run -> {
        run.world().log(0, arguments.value(0).read(run).asText(), run);
        return 1;
      };
    }
  }

  /// `put(variable)`.
  record Put() implements ScriptFunction {
    @Override
    public String name() {
      return "put";
    }

    @Override
    public Set<String> modules() {
      return Set.of();
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.variable("into"));
    }

    @Override
    public Call at(Arguments arguments) {
      return run -> {
        arguments.variable(0).write(run, Value.of("put"));
        return 1;
      };
    }
  }

  /// `ask(variable)`: asks the world, and writes what it answers.
  record Ask() implements ScriptFunction {
    @Override
    public String name() {
      return "ask";
    }

    @Override
    public Set<String> modules() {
      return Set.of();
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.variable("into"));
    }

    @Override
    public Call at(Arguments arguments) {
      return new Call() {
        @Override
        public int call(Run run) {
          return -1;
        }

        @Override
        public CompletionStage<Ending> start(Run run) {
          var request = new World.Request("GET", URI.create("http://127.0.0.1"), "", "");
          return run.world().ask(request).thenApply(answer -> next -> end(next, answer.body()));
        }

        private int end(Run run, String body) {
          arguments.variable(0).write(run, Value.of(body));
          return 7;
        }
      };
    }
  }

  /// A function that does not keep its promise.
  record Fall() implements ScriptFunction {
    @Override
    public String name() {
      return "fall";
    }

    @Override
    public Set<String> modules() {
      return Set.of();
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Call at(Arguments arguments) {
      return _ -> {
        throw new IllegalStateException("fallen");
      };
    }
  }
}
