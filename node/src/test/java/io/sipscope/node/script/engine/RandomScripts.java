package io.sipscope.node.script.engine;

import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.functions.Functions;
import io.sipscope.node.script.functions.ScriptFunction;
import io.sipscope.node.script.variables.Transformations;
import io.sipscope.node.script.variables.VariableKind;
import io.sipscope.node.script.variables.VariableKind.Inner;
import io.sipscope.node.script.variables.Variables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Scripts of statements, functions and variables that stand in any order and nesting. Most have
/// no error; what they do makes no sense.
public final class RandomScripts {
  private static final int ROUTES = 4;
  private static final int DEEPEST = 5;
  private static final List<String> INNER =
      List.of("x", "y", "a/b", "a[]", "1", "-1", "Via", "uri", "port", "time", "%Y", "$var(x)");
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "contact", List.of("uri", "q"),
          "ct.fields", List.of("host", "expires"),
          "capture", List.of("time", "source"),
          "sdp", List.of("media", "port", "count"));
  private static final List<String> TEXTS =
      List.of(
          "", "tid", "d", "1", "sip:a", "a:b", "E_X", "{}", "[1]", "http://127.0.0.1:1/", "x|y");
  private static final List<String> PATTERNS = List.of("^a.*b$", "(x|y)+", "[0-9]{1,3}", "$var(x)");
  private static final List<String> COMPARISONS = List.of("==", "!=", "<", ">", "<=", ">=");
  private static final List<String> ARITHMETIC =
      List.of("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>");

  private final Random random;
  private final List<ScriptFunction> functions =
      Functions.all(_ -> true, Dispatcher.none()).values().stream()
          .sorted(Comparator.comparing(ScriptFunction::name))
          .toList();
  private final List<VariableKind> variables =
      Variables.all().values().stream().sorted(Comparator.comparing(VariableKind::name)).toList();
  private final List<String> transformations =
      Transformations.all().keySet().stream().sorted().toList();

  public RandomScripts(long seed) {
    random = new Random(seed);
  }

  public String next() {
    var all = new StringBuilder();
    all.append("route ").append(block(0)).append("\nonreply_route ").append(block(0));
    for (int route = 0; route < ROUTES; route++) {
      all.append("\nroute[r").append(route).append("] ").append(block(0));
    }
    return all.toString();
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String block(int depth) {
    var all = new StringBuilder("{ ");
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      all.append(statement(depth)).append('\n');
    }
    return all.append('}').toString();
  }

  private String statement(int depth) {
    return switch (random.nextInt(depth < DEEPEST ? 14 : 9)) {
      case 0 -> place() + " = " + expression(0) + ";";
      case 1 -> "$var(x) = \"" + any(TEXTS) + "\";";
      case 2 -> place() + any(List.of(" += ", " -= ", " := ", " |= ")) + expression(0) + ";";
      case 3, 4, 5 -> call() + ";";
      case 6 -> route() + ";";
      case 7 -> random.nextBoolean() ? "" : "return(" + expression(0) + ");";
      case 8 -> later();
      case 9, 10 ->
          "if ("
              + expression(0)
              + ") "
              + block(depth + 1)
              + (random.nextBoolean() ? " else if (" + expression(0) + ") " + block(depth + 1) : "")
              + (random.nextBoolean() ? " else " + block(depth + 1) : "");
      case 11 -> "while (" + expression(0) + ") " + block(depth + 1);
      case 12 -> "for ($var(e) in $(avp(x)[*])) " + block(depth + 1);
      default ->
          "switch ("
              + expression(0)
              + ") { case 1: "
              + statement(depth + 1)
              + " default: "
              + block(depth + 1)
              + " }";
    };
  }

  private String later() {
    var function = any(List.of("rest_get(\"http://127.0.0.1/\", $var(x))", call()));
    return random.nextBoolean()
        ? "launch(" + function + ", r" + random.nextInt(ROUTES) + ", " + expression(2) + ");"
        : "async(" + function + ", r" + random.nextInt(ROUTES) + ");";
  }

  private String route() {
    return "route(r" + random.nextInt(ROUTES) + ", " + expression(1) + ")";
  }

  private String place() {
    return any(
        List.of("$var(x)", "$var(y$var(x))", "$avp(x)", "$json(a)", "$json(a/b)", "$shv(x)"));
  }

  private String call() {
    var function = any(functions);
    var given = new ArrayList<String>();
    for (var parameter : function.parameters()) {
      given.add(
          switch (parameter.type()) {
            case VARIABLE -> place();
            case NUMBER -> random.nextBoolean() ? "1" : "$var(x)";
            case TEXT ->
                parameter.name().equals("trace_id")
                    ? "\"tid\""
                    : random.nextBoolean() ? variable() : "$var(x)";
          });
    }
    return function.name() + "(" + String.join(", ", given) + ")";
  }

  private String variable() {
    var kind = any(variables);
    boolean isInside = kind.inner() == Inner.REQUIRED || random.nextBoolean();
    var names = FIELDS.getOrDefault(kind.name(), INNER);
    var inner = kind.inner() != Inner.NONE && isInside ? "(" + any(names) + ")" : "";
    var index = random.nextInt(4) == 0 ? "[" + any(List.of("0", "-1", "*", "$var(x)")) + "]" : "";
    var made =
        random.nextInt(3) == 0 ? "{" + any(transformations) + "," + any(TEXTS) + ",$rm}" : "";
    return "$(" + kind.name() + inner + index + made + ")";
  }

  private String expression(int depth) {
    return switch (random.nextInt(depth < 3 ? 12 : 4)) {
      case 0 -> Integer.toString(random.nextInt(-2, 100));
      case 1 -> '"' + any(TEXTS) + variable() + '"';
      case 2, 3 -> variable();
      case 4 -> "(" + expression(depth + 1) + any(ARITHMETIC) + expression(depth + 1) + ")";
      case 5, 6 -> "(" + expression(depth + 1) + any(COMPARISONS) + expression(depth + 1) + ")";
      case 7 ->
          "(" + variable() + (random.nextBoolean() ? " =~ \"" : " !~ \"") + any(PATTERNS) + "\")";
      case 8 -> "(!(" + expression(depth + 1) + "))";
      case 9 -> "(" + expression(depth + 1) + " && " + expression(depth + 1) + ")";
      case 10 -> call();
      default -> route();
    };
  }
}
