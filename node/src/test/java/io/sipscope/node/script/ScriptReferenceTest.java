package io.sipscope.node.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.functions.Functions;
import io.sipscope.node.script.functions.ScriptFunction;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import io.sipscope.node.script.run.Place;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.Transformations;
import io.sipscope.node.script.variables.VariableKind;
import io.sipscope.node.script.variables.VariableKind.Argument;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.node.script.variables.Variables;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `ops/docs/script-reference.md` has what a node has, and nothing else.
class ScriptReferenceTest {
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|.*");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private final String page = page();

  private static String page() {
    try {
      return Files.readString(Corpus.repository().resolve("ops/docs/script-reference.md"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String section(String title) {
    int from = page.indexOf("\n## " + title + "\n");
    int to = page.indexOf("\n## ", from + 1);
    return page.substring(from, to < 0 ? page.length() : to);
  }

  private List<String> rows(String title) {
    return section(title)
        .lines()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .map(row -> row.group(1))
        .toList();
  }

  private static Set<String> named(Collection<String> names, Function<String, String> name) {
    return names.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Collection<ScriptFunction> functions() {
    return Functions.all(_ -> true, Dispatcher.none()).values();
  }

  @Test
  void everyVariableIsThereWithItsParentheses() {
    var shown = named(rows("Pseudo-variables"), text -> text.replaceFirst("\\(.*", "()"));
    var known =
        Variables.all().values().stream()
            .map(
                kind ->
                    "$" + kind.name() + (kind.inner() == VariableKind.Inner.REQUIRED ? "()" : ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, shown);
  }

  @Test
  void thoseThatCanBeWrittenAreMarked() {
    var shown =
        section("Pseudo-variables")
            .lines()
            .filter(line -> line.contains("| *(write)* "))
            .map(line -> line.replaceFirst("\\| `\\$([\\w.]+).*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    var known =
        Variables.all().values().stream()
            .filter(ScriptReferenceTest::isWritable)
            .map(VariableKind::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, shown);
  }

  private static boolean isWritable(VariableKind kind) {
    try {
      var text = kind.name().equals("capture") ? "time" : "uri";
      return kind.at(new Argument(_ -> Value.of(text), Optional.of(text), _ -> Value.of(0)))
          instanceof Place;
    } catch (Unusable _) {
      return false;
    }
  }

  @Test
  void everyTransformationIsThere() {
    assertEquals(
        new TreeSet<>(Transformations.all().keySet()),
        named(rows("Transformations"), text -> text.replaceFirst("\\{([\\w.]+).*", "$1")));
  }

  @Test
  void everyFunctionIsThereWithItsParameters() {
    var known =
        functions().stream()
            .map(ScriptReferenceTest::signature)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, new TreeSet<>(rows("Functions")));
  }

  private static String signature(ScriptFunction function) {
    return function.parameters().stream()
        .map(ScriptReferenceTest::shown)
        .collect(Collectors.joining(", ", function.name() + "(", ")"));
  }

  private static String shown(Parameter parameter) {
    return parameter.isOptional() ? "[" + parameter.name() + "]" : parameter.name();
  }

  @Test
  void whatDoesNothingGivesWhatThePageSays() {
    var section = section("Functions that do nothing here");
    int parts = section.indexOf("\nFalse:");
    assertEquals(List.of(), otherwise(section.substring(0, parts), "true"));
    assertEquals(List.of(), otherwise(section.substring(parts), "false"));
  }

  private static List<String> otherwise(String text, String gives) {
    return CODE.matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(
            name ->
                !Scripted.complaints("route { " + name + "(); }")
                    .equals(List.of("1:9 " + name + "() does nothing here; it gives " + gives)))
        .toList();
  }
}
