package io.sipscope.node.script.functions;

import io.sipscope.node.script.functions.ScriptFunction.Call;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.persistence.trace.TraceLegs;
import io.sipscope.persistence.trace.TraceOrder;
import io.sipscope.persistence.trace.TraceScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// `sip_trace` (OpenSIPS 2.x) and `trace` (3.x and later): `(trace_id, [scope], [types],
/// [attributes], [flags], [correlation_id])`. `sip_trace` of 2.2 has no types: there the third of
/// three are the attributes.
final class TraceFunctions {
  private static final int ID = 0;
  private static final int SCOPE = 1;
  private static final int TYPES = 2;
  private static final int ATTRIBUTES = 3;
  private static final int FLAGS = 4;
  private static final int CORRELATION = 5;

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
        Named.of("sip_trace", "siptrace", parameters, given -> call(given, traceIds, true)),
        Named.of("trace", "tracer", parameters, given -> call(given, traceIds, false)));
  }

  private static Call call(Arguments arguments, Predicate<String> traceIds, boolean isOfTwo)
      throws Unusable {
    check(arguments, traceIds);
    boolean mayBeAttributes =
        isOfTwo && arguments.has(TYPES) && !arguments.has(ATTRIBUTES) && !arguments.has(FLAGS);
    var literal = arguments.literal(TYPES).filter(types -> !types.isBlank());
    if (literal.isPresent() && !(mayBeAttributes && isNoName(literal.get()))) {
      TraceTypes.of(literal.get()).unknown().forEach(type -> arguments.warn(unknown(type)));
    }
    return run -> trace(run, arguments, traceIds, mayBeAttributes);
  }

  private static String unknown(String type) {
    return "\"" + type + "\" is no type of what is traced (wanted: such as sip|xlog|rest)";
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
    var flags = arguments.literal(FLAGS);
    if (flags.isPresent() && TraceLegs.of(flags.get()).isEmpty()) {
      throw new Unusable("flags \"" + flags.get() + "\" (wanted: C or c)");
    }
  }

  private static int trace(
      Run run, Arguments arguments, Predicate<String> traceIds, boolean mayBeAttributes) {
    var id = text(run, arguments, ID);
    var letters = text(run, arguments, SCOPE);
    var scope = letters.isBlank() ? Optional.<TraceScope>empty() : TraceScope.of(letters);
    var legs = TraceLegs.of(text(run, arguments, FLAGS));
    if (run.subject().isEmpty()
        || !traceIds.test(id)
        || (scope.isEmpty() && !letters.isBlank())
        || legs.isEmpty()) {
      return Answer.FALSE;
    }
    var given = text(run, arguments, TYPES);
    var types = TraceTypes.of(given);
    var attributes = text(run, arguments, ATTRIBUTES);
    if (types.isNone()) {
      if (!mayBeAttributes || !isAttributes(arguments, given)) {
        return Answer.FALSE;
      }
      types = TraceTypes.of("");
      attributes = given;
    }
    if (!types.traced().isEmpty() && !run.isDropped()) {
      var correlation = text(run, arguments, CORRELATION);
      run.order(new TraceOrder(id, scope, types.traced(), attributes, legs.get(), correlation));
    }
    return Answer.TRUE;
  }

  private static boolean isAttributes(Arguments arguments, String text) {
    return arguments.literal(TYPES).isEmpty() || isNoName(text);
  }

  /// A user, an address or a sentence, as attributes are, and not a misspelt type.
  private static boolean isNoName(String text) {
    return Stream.of(text.split("\\|", -1))
        .anyMatch(name -> name.strip().chars().anyMatch(letter -> !isOfName(letter)));
  }

  private static boolean isOfName(int letter) {
    return Character.isLetterOrDigit(letter) || letter == '_';
  }

  /// Null is as if it had been left out.
  private static String text(Run run, Arguments arguments, int place) {
    if (!arguments.has(place)) {
      return "";
    }
    var value = arguments.value(place).read(run);
    return value.isNull() ? "" : value.asText();
  }
}
