package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Place;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Argument;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What scripts keep: for a run, for the node, as statistics.
final class StateVariables {
  /// What `$shv(x)` is kept as among the state of modules.
  private static final String SHARED = "shv:";

  /// Names of shared variables: they stay, and a script may make them of what strangers send.
  private static final int MOST_SHARED = 1_000;

  /// What one may hold, in characters.
  private static final int LONGEST_SHARED = 1 << 16;

  private StateVariables() {}

  static List<VariableKind> all() {
    return List.of(
        Inside.of("var", argument -> new Slot(named(argument), "", Run::variables)),
        Inside.of(
            "shv", argument -> new Slot(named(argument), SHARED, run -> run.world().shared())),
        Inside.of("stat", argument -> new Statistic(named(argument))),
        Inside.of("return", argument -> returned(named(argument))),
        Inside.of("param", argument -> parameter(named(argument))),
        new Plain("rc", Run::result),
        new Plain("retcode", Run::result),
        new Plain("du", NextHop.PLACE),
        ofNextHop("dd", UriText::host),
        ofNextHop("dp", UriText::port),
        ofNextHop("dP", UriText::transport));
  }

  private static VariableKind ofNextHop(String name, Function<UriText, Value> part) {
    return new Plain(
        name,
        run -> {
          var uri = NextHop.PLACE.read(run);
          return uri.isNull() ? uri : part.apply(UriText.of(uri.asText()));
        });
  }

  private static Term named(Argument argument) throws Unusable {
    Optional<String> literal = argument.literal();
    if (literal.isPresent() && literal.get().isBlank()) {
      throw new Unusable("nothing is named (wanted: a name in the parentheses)");
    }
    return argument.text();
  }

  /// A value in a map, by its name.
  private record Slot(Term name, String prefix, Function<Run, Map<String, Value>> where)
      implements Place {
    @Override
    public Value read(Run run) {
      return where.apply(run).getOrDefault(key(run), Value.Missing.NULL);
    }

    @Override
    public void write(Run run, Value value) {
      if (value.isNull()) {
        where.apply(run).remove(key(run));
      } else {
        put(where.apply(run), key(run), value);
      }
    }

    private void put(Map<String, Value> values, String key, Value value) {
      if (!prefix.isEmpty()) {
        if (value instanceof Value.Text(var text) && text.length() > LONGEST_SHARED) {
          throw new ScriptFailure("$shv has no room for more than " + LONGEST_SHARED);
        }
        if (values.size() >= MOST_SHARED && !values.containsKey(key)) {
          throw new ScriptFailure("$shv has " + MOST_SHARED + " names already");
        }
      }
      values.put(key, value);
    }

    private String key(Run run) {
      var text = name.read(run).asText();
      return prefix.isEmpty() ? text : prefix + text;
    }
  }

  /// Whatever is assigned to it resets it, as in OpenSIPS.
  private record Statistic(Term name) implements Place {
    @Override
    public Value read(Run run) {
      var value = run.world().statistic(StatisticText.of(name.read(run).asText()));
      return value.isPresent() ? Value.of(value.getAsLong()) : Value.Missing.NULL;
    }

    @Override
    public void write(Run run, Value value) {
      run.world().reset(StatisticText.of(name.read(run).asText()));
    }
  }

  private static Term returned(Term place) {
    return run -> {
      long at = place.read(run).asNumber().orElse(-1);
      return at < 0 || at >= run.returned().size()
          ? Value.Missing.NULL
          : run.returned().get((int) at);
    };
  }

  private static Term parameter(Term name) {
    return run -> {
      var which = name.read(run);
      var place = which.asNumber();
      if (place.isEmpty()) {
        return run.eventParameters().getOrDefault(which.asText(), Value.Missing.NULL);
      }
      long at = place.getAsLong();
      return at < 1 || at > run.parameters().size()
          ? run.eventParameters().getOrDefault(which.asText(), Value.Missing.NULL)
          : run.parameters().get((int) at - 1);
    };
  }
}
