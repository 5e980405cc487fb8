package io.sipscope.node.script;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.compile.Outcome;
import io.sipscope.node.script.compile.Registry;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.engine.PolicyLanguage;
import io.sipscope.node.script.functions.PassiveFunctions;
import io.sipscope.node.script.grammar.Complaint;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the document of the policy script lists is what there is, and what is shipped loads.
class ScriptDocsTest {
  private static final Path DOCS = Path.of("../ops/docs");
  private static final boolean WRITE = Boolean.getBoolean("sipscope.write-docs");
  private static final String BEGIN = "<!-- names -->\n";

  private static Registry registry() throws Unusable {
    var sets = Map.of(1, List.of("sip:192.0.2.11:9060"));
    return PolicyLanguage.registry(_ -> true, Dispatcher.of(sets, "$stat(load_%u)"));
  }

  private static String listed(String what, String before, Stream<String> names) {
    return names.sorted().map(name -> "`" + before + name + "`").collect(joining(" ", what, "\n"));
  }

  private static String names() throws Unusable {
    var registry = registry();
    return "\n"
        + listed("Variables: ", "$", registry.variables().keySet().stream())
        + "\n"
        + listed("Transformations: ", "", registry.transformations().keySet().stream())
        + "\n"
        + listed("Functions: ", "", functions(registry, false))
        + "\n"
        + listed("Known and passive: ", "", functions(registry, true));
  }

  private static Stream<String> functions(Registry registry, boolean isPassive) {
    return registry.functions().entrySet().stream()
        .filter(function -> PassiveFunctions.isPassive(function.getValue()) == isPassive)
        .map(Map.Entry::getKey);
  }

  /// With `-Dsipscope.write-docs=true` it is written anew instead of compared.
  @Test
  void everyNameIsInTheDocument() throws Exception {
    var file = DOCS.resolve("script.md");
    var text = Files.readString(file);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    if (WRITE) {
      Files.writeString(file, text.substring(0, from) + names());
    } else {
      assertEquals(names(), text.substring(from), "write it by -Dsipscope.write-docs=true");
    }
  }

  static List<Path> shipped() throws IOException {
    try (var files = Files.list(DOCS.resolve("scripts"))) {
      return files.filter(file -> file.toString().endsWith(".cfg")).sorted().toList();
    }
  }

  @Test
  void allTutorialsAreShipped() throws IOException {
    assertTrue(shipped().size() >= 6);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void whatIsShippedHasNoError(Path file) throws Exception {
    var read = ScriptReader.read(file.toString(), Files.readString(file), registry());
    if (read instanceof Outcome.Refused(var complaints)) {
      assertEquals(List.of(), complaints.stream().map(Complaint::shown).toList());
    }
  }
}
