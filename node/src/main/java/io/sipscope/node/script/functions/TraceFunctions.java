package io.sipscope.node.script.functions;

import io.sipscope.node.script.functions.ScriptFunction.Call;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.persistence.trace.TraceOrder;
import io.sipscope.persistence.trace.TraceScope;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// `sip_trace` (OpenSIPS 2.x) and `trace` (3.x and later): `(trace_id, [scope], [types],
/// [attributes], [flags], [correlation_id])`.
final class TraceFunctions {
  private static final int ID = 0;
  private static final int SCOPE = 1;
  private static final int TYPES = 2;
  private static final int ATTRIBUTES = 3;
  private static final int FLAGS = 4;
  private static final String SIP = "sip";
  private static final Set<String> KNOWN_TYPES =
      Set.of(SIP, "xlog", "rest", "mi", "net", "control", "script");
  private static final Set<String> KNOWN_FLAGS = Set.of("", "c", "C");

  private TraceFunctions() {}

  static List<ScriptFunction> all(Predicate<String> traceIds) {
    var parameters =
        List.of(
            Parameter.text("trace_id"),
            Parameter.text("scope").optional(),
            Parameter.text("types").optional(),
            Parameter.text("attributes").optional(),
            Parameter.text("flags").optional(),
            Parameter.text("correlation_id").optional());
    return List.of(
        Named.of("sip_trace", "siptrace", parameters, arguments -> call(arguments, traceIds)),
        Named.of("trace", "tracer", parameters, arguments -> call(arguments, traceIds)));
  }

  private static Call call(Arguments arguments, Predicate<String> traceIds) throws Unusable {
    check(arguments, traceIds);
    var id = arguments.value(ID);
    return run -> trace(run, id.read(run).asText(), arguments, traceIds);
  }

  private static void check(Arguments arguments, Predicate<String> traceIds) throws Unusable {
    var id = arguments.literal(ID);
    if (id.isPresent() && !traceIds.test(id.get())) {
      throw new Unusable("trace_id \"" + id.get() + "\" is not configured");
    }
    var scope = arguments.literal(SCOPE);
    if (scope.isPresent() && !scope.get().isBlank() && TraceScope.of(scope.get()).isEmpty()) {
      throw new Unusable("scope \"" + scope.get() + "\" (wanted: of the letters m, t, d and b)");
    }
    var types = arguments.literal(TYPES);
    if (types.isPresent() && !types.get().isBlank() && types(types.get()).isEmpty()) {
      throw new Unusable("types \"" + types.get() + "\" (wanted: such as sip|xlog|rest)");
    }
    var flags = arguments.literal(FLAGS);
    if (flags.isPresent() && !KNOWN_FLAGS.contains(flags.get().strip())) {
      throw new Unusable("flags \"" + flags.get() + "\" (wanted: C or c)");
    }
  }

  private static int trace(Run run, String id, Arguments arguments, Predicate<String> traceIds) {
    if (run.subject().isEmpty() || !traceIds.test(id)) {
      return Answer.FALSE;
    }
    var letters = text(run, arguments, SCOPE);
    var scope = letters.isBlank() ? Optional.<TraceScope>empty() : TraceScope.of(letters);
    if (scope.isEmpty() && !letters.isBlank()) {
      return Answer.FALSE;
    }
    var given = text(run, arguments, TYPES);
    var types = given.isBlank() ? List.of(SIP) : types(given);
    if (types.isEmpty()) {
      return Answer.FALSE;
    }
    if (types.contains(SIP) && !run.isDropped()) {
      run.orders().add(new TraceOrder(id, scope, text(run, arguments, ATTRIBUTES)));
    }
    return Answer.TRUE;
  }

  /// Null is as if it had been left out.
  private static String text(Run run, Arguments arguments, int place) {
    if (!arguments.has(place)) {
      return "";
    }
    Term term = arguments.value(place);
    var value = term.read(run);
    return value.isNull() ? "" : value.asText();
  }

  /// Those that are known.
  private static List<String> types(String text) {
    return Arrays.stream(text.split("\\|", -1))
        .map(type -> type.strip().toLowerCase(Locale.ROOT))
        .filter(KNOWN_TYPES::contains)
        .toList();
  }
}
