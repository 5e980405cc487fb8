package io.sipscope.node.script.compile;

import io.sipscope.node.script.functions.Arguments;
import io.sipscope.node.script.functions.Named;
import io.sipscope.node.script.functions.ScriptFunction;
import io.sipscope.node.script.functions.ScriptFunction.Ending;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
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
                  fixed("yes", "", 1),
                  fixed("no", "", -1),
                  fixed("over", "", 0),
                  fixed("far", "distant", 1),
                  say(),
                  put(),
                  ask(),
                  tell(),
                  fall()),
              ScriptFunction::name),
          Map.<String, Transformation>of(
              "s.len", (value, _) -> Value.of(value.asText().length()),
              "s.toupper", (value, _) -> Value.of(value.asText().toUpperCase(Locale.ROOT)),
              "s.cat", (value, arguments) -> Value.of(value.asText() + arguments)));

  /// Where a run keeps what it has said.
  private static final Object SAID = SmallWorld.class;

  private SmallWorld() {}

  private static <T> Map<String, T> named(List<T> all, Function<T, String> name) {
    return all.stream().collect(Collectors.toMap(name, Function.identity()));
  }

  /// What a run has said.
  static String said(Run run) {
    return run.kept().getOrDefault(SAID, "").toString();
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

  private static ScriptFunction fixed(String name, String module, int code) {
    return Named.of(name, module, List.of(), _ -> _ -> code);
  }

  /// `say(text, [more])`.
  private static ScriptFunction say() {
    return Named.of(
        "say",
        "",
        List.of(
            Parameter.text("text"),
            Parameter.text("middle").optional(),
            Parameter.number("number").optional()),
        arguments -> {
          return run -> {
            var text = new StringBuilder(said(run));
            for (var i = 0; i < 3; i++) {
              if (arguments.has(i)) {
                text.append(i == 0 ? "" : "/").append(arguments.value(i).read(run).asText());
              }
            }
            run.kept().put(SAID, text.append(' ').toString());
            return 1;
          };
        });
  }

  /// `tell(text)`: the world hears of it.
  private static ScriptFunction tell() {
    return Named.of(
        "tell",
        "",
        List.of(Parameter.text("text")),
        arguments -> {
          return run -> {
            run.world().log(0, arguments.value(0).read(run).asText(), run);
            return 1;
          };
        });
  }

  /// `put(variable)`.
  private static ScriptFunction put() {
    return Named.of(
        "put",
        "",
        List.of(Parameter.variable("into")),
        arguments -> {
          return run -> {
            arguments.variable(0).write(run, Value.of("put"));
            return 1;
          };
        });
  }

  /// `ask(variable)`: asks the world, and writes what it answers.
  private static ScriptFunction ask() {
    return Named.of("ask", "", List.of(Parameter.variable("into")), SmallWorld::asking);
  }

  private static ScriptFunction.Call asking(Arguments arguments) {
    return new ScriptFunction.Call() {
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

  /// A function that does not keep its promise.
  private static ScriptFunction fall() {
    return Named.of(
        "fall",
        "",
        List.of(),
        arguments -> {
          return _ -> {
            throw new IllegalStateException("fallen");
          };
        });
  }
}
