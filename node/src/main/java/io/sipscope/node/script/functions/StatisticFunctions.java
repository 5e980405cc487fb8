package io.sipscope.node.script.functions;

import io.sipscope.node.script.functions.ScriptFunction.Call;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.StatisticText;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.persistence.statistics.PolicyStatistics.Done;
import io.sipscope.persistence.statistics.PolicyStatistics.Outcome;
import io.sipscope.persistence.statistics.PolicyStatistics.Refused;
import io.sipscope.persistence.statistics.Reading;
import io.sipscope.persistence.statistics.StatisticIterator;
import io.sipscope.persistence.statistics.StatisticName;
import java.util.List;
import java.util.Optional;

/// OpenSIPS's module `statistics`.
final class StatisticFunctions {
  private static final String MODULE = "statistics";
  private static final int LEVEL_OF_REFUSALS = -1;

  /// Under which a run keeps the [Reading] that an iterator gave last.
  private static final Object LAST = new Object();

  private record Iterator(String name) {}

  private final OncePerMinute refusals = new OncePerMinute();

  private StatisticFunctions() {}

  static List<ScriptFunction> all() {
    return new StatisticFunctions().functions();
  }

  private List<ScriptFunction> functions() {
    var variable = Parameter.text("variable");
    return List.of(
        Named.of("update_stat", MODULE, List.of(variable, Parameter.number("value")), this::update),
        Named.of("reset_stat", MODULE, List.of(variable), this::reset),
        Named.of(
            "update_stat_series",
            MODULE,
            List.of(Parameter.text("profile"), variable, Parameter.number("value")),
            this::updateSeries),
        Named.of(
            "stat_iter_init",
            MODULE,
            List.of(Parameter.text("group"), Parameter.text("iterator")),
            StatisticFunctions::begin),
        Named.of(
            "stat_iter_next",
            MODULE,
            List.of(
                Parameter.variable("name"),
                Parameter.variable("value"),
                Parameter.text("iterator")),
            StatisticFunctions::next));
  }

  private Call update(Arguments arguments) throws Unusable {
    var name = name(arguments, 0);
    var by = number(arguments, 1);
    return run -> {
      var number = by.read(run).asNumber();
      return number.isEmpty()
          ? Answer.FALSE
          : told(run, run.world().update(text(run, name), number.getAsLong()));
    };
  }

  private Call reset(Arguments arguments) throws Unusable {
    var name = name(arguments, 0);
    return run -> told(run, reset(run, text(run, name)));
  }

  /// What an iterator gave last is meant by its bare name, whatever else has the same; and it is
  /// reset once by what it was then.
  private static Outcome reset(Run run, String name) {
    if (run.kept().get(LAST) instanceof Reading last && isOf(last.name(), name)) {
      run.kept().remove(LAST);
      return run.world().take(last.name().toString(), last.value());
    }
    return run.world().reset(name);
  }

  private static boolean isOf(StatisticName name, String text) {
    return text.equals(name.name()) || text.equals(name.group() + ":" + name.name());
  }

  private Call updateSeries(Arguments arguments) throws Unusable {
    var profile = arguments.value(0);
    var name = name(arguments, 1);
    var value = number(arguments, 2);
    return run -> {
      var number = value.read(run).asNumber();
      if (number.isEmpty()) {
        return Answer.FALSE;
      }
      int clamped = Math.clamp(number.getAsLong(), Integer.MIN_VALUE, Integer.MAX_VALUE);
      var series = profile.read(run).asText();
      return told(run, run.world().updateSeries(series, text(run, name), clamped));
    };
  }

  private static Term name(Arguments arguments, int place) throws Unusable {
    var literal = arguments.literal(place);
    if (literal.isPresent() && literal.get().isBlank()) {
      throw new Unusable("no statistic is named (wanted: name or group:name)");
    }
    return arguments.value(place);
  }

  private static Term number(Arguments arguments, int place) throws Unusable {
    var literal = arguments.literal(place);
    if (literal.isPresent() && Value.of(literal.get().strip()).asNumber().isEmpty()) {
      throw new Unusable("value \"" + literal.get() + "\" (wanted: a number such as +1 or -1)");
    }
    return arguments.value(place);
  }

  private static String text(Run run, Term name) {
    return StatisticText.of(name.read(run).asText());
  }

  private int told(Run run, Outcome outcome) {
    return switch (outcome) {
      case Done _ -> Answer.TRUE;
      case Refused(var why) -> {
        if (refusals.isDue(why, run.world().now())) {
          run.world().log(LEVEL_OF_REFUSALS, why, run);
        }
        yield Answer.FALSE;
      }
    };
  }

  private static Call begin(Arguments arguments) {
    var group = arguments.value(0);
    var name = arguments.value(1);
    return run -> {
      var key = new Iterator(name.read(run).asText());
      run.kept().put(key, run.world().iterate(group.read(run).asText()));
      return Answer.TRUE;
    };
  }

  private static Call next(Arguments arguments) {
    var key = arguments.variable(0);
    var value = arguments.variable(1);
    var name = arguments.value(2);
    return run -> {
      var kept = run.kept().get(new Iterator(name.read(run).asText()));
      var next = kept instanceof StatisticIterator iterator ? iterator.next() : NONE;
      next.ifPresent(
          reading -> {
            run.kept().put(LAST, reading);
            key.write(run, Value.of(reading.name().name()));
            value.write(run, Value.of(reading.value()));
          });
      return Answer.of(next.isPresent());
    };
  }

  private static final Optional<Reading> NONE = Optional.empty();
}
