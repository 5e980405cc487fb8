package io.sipscope.node.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.compile.Outcome;
import io.sipscope.node.script.compile.Registry;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.engine.PolicyLanguage;
import io.sipscope.node.script.grammar.Complaint;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The tutorials that are shipped load.
class ShippedScriptsTest {
  private static final Path DOCS = Path.of("../ops/docs");

  private static Registry registry() throws Unusable {
    var sets = Map.of(1, List.of("sip:192.0.2.11:9060"));
    return PolicyLanguage.registry(_ -> true, Dispatcher.of(sets, "$stat(load_%u)"));
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
