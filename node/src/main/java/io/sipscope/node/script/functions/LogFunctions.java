package io.sipscope.node.script.functions;

import io.sipscope.node.script.functions.ScriptFunction.Call;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// `xlog([level,] format)`; without a level it is an error's, as in OpenSIPS.
final class LogFunctions {
  private static final int USUAL_LEVEL = -1;
  private static final int LOWEST = -3;
  private static final int HIGHEST = 4;

  private LogFunctions() {}

  static List<ScriptFunction> all() {
    return List.of(
        Named.of(
            "xlog",
            "",
            List.of(Parameter.text("level_or_text"), Parameter.text("text").optional()),
            LogFunctions::xlog));
  }

  private static Call xlog(Arguments arguments) throws Unusable {
    if (!arguments.has(1)) {
      var format = arguments.value(0);
      return run -> {
        run.world().log(USUAL_LEVEL, format.read(run).asText(), run);
        return Answer.TRUE;
      };
    }
    var literal = arguments.literal(0);
    if (literal.isPresent() && level(Value.of(literal.get())).isEmpty()) {
      throw new Unusable("level \"" + literal.get() + "\" (wanted: such as L_ERR, L_INFO or 3)");
    }
    var given = arguments.value(0);
    var format = arguments.value(1);
    return run -> {
      int level = level(given.read(run)).orElse(USUAL_LEVEL);
      run.world().log(level, format.read(run).asText(), run);
      return Answer.TRUE;
    };
  }

  private static OptionalInt level(Value value) {
    var number = value.asNumber();
    if (number.isPresent()) {
      return OptionalInt.of(Math.clamp(number.getAsLong(), LOWEST, HIGHEST));
    }
    return switch (value.asText().strip().toUpperCase(Locale.ROOT)) {
      case "L_ALERT" -> OptionalInt.of(-3);
      case "L_CRIT" -> OptionalInt.of(-2);
      case "L_ERR" -> OptionalInt.of(-1);
      case "L_WARN" -> OptionalInt.of(1);
      case "L_NOTICE" -> OptionalInt.of(2);
      case "L_INFO" -> OptionalInt.of(3);
      case "L_DBG", "L_DEBUG" -> OptionalInt.of(4);
      default -> OptionalInt.empty();
    };
  }
}
