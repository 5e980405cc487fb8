package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sipscope.http.script.Complaint;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.persistence.statistics.Counters;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts that are small, and take for ever or a whole stack where reading takes more than time in
/// proportion to them. Each is read at once; the test hangs where it is not.
class HostileScriptsTest {
  private static final String BLANKS = " ".repeat(100_000);
  private static final String DEEP = "this is nested too deep";
  private static final String NO_PATTERN =
      "this is no pattern: more than 10000 letters, repetitions counted";

  private final PolicyLanguage language =
      new PolicyLanguage(
          ids -> PolicyLanguage.registry(ids, Dispatcher.none()),
          _ -> true,
          _ -> Map.of(),
          new ScriptFailures(new Counters(), () -> 0),
          _ -> {});

  private static Stream<Arguments> texts() {
    return Stream.of(
        arguments("variables in a string", route("xlog(\"" + "$rm ".repeat(200_000) + "\");"), ""),
        arguments("else if", route("if (1) exit;" + " else if ($rm) exit;".repeat(40_000)), ""),
        arguments("a trace_id", "modparam(\"tracer\", \"trace_id\", \"[" + BLANKS + "x\")", ""),
        arguments(
            "workers",
            "children = \"" + BLANKS + "x\"",
            "the setting children changes nothing here"),
        arguments(
            "definitions of nothing",
            "#!define A\n#!define B "
                + "A ".repeat(50_000)
                + "\n#!define C "
                + "B ".repeat(50_000)
                + "\nroute { C }",
            "the script has more than 1000000 words"),
        arguments("values in parentheses", route("return " + "(".repeat(900_000) + "1;"), DEEP),
        arguments(
            "unknown functions",
            route(several(50_000, i -> "foo" + i + "();")),
            "there is no function foo0()"),
        arguments("timers", several(30_000, i -> "timer_route[a" + i + ", 1] { exit; }"), ""),
        arguments(
            "a pattern", route("if ($rm =~ \"(((a{1000}){1000}){1000})\") exit;"), NO_PATTERN),
        arguments(
            "a pattern with parentheses that are none",
            route("if ($rm =~ \"((a{1000}[](]){1000}\\Q(\\E){1000}\") exit;"),
            NO_PATTERN));
  }

  private static String route(String statements) {
    return "route { " + statements + " }";
  }

  private static String several(int count, IntFunction<String> one) {
    return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining("\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void itIsReadAtOnce(String name, String text, String first) {
    var complaints = language.check("policy.cfg", text);
    assertEquals(first, complaints.stream().map(Complaint::message).findFirst().orElse(""), name);
  }
}
