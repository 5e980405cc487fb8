package io.sipscope.node.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.compile.Outcome;
import io.sipscope.node.script.compile.Registry;
import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.engine.PolicyLanguage;
import io.sipscope.node.script.grammar.Complaint;
import io.sipscope.node.script.grammar.Includes;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Scripts as people have them, of 1.x to 4.x: they load with what a node has, are told once of
/// each thing that has no meaning here, and run for a message.
class LoadedScriptsTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/scripts");

  private static final Subject INVITE =
      TestWorld.subject(
          """
          INVITE sip:0123@example.org SIP/2.0
          Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1
          From: <sip:alice@example.org>;tag=a
          To: <sip:0123@example.org>
          Call-ID: c1
          CSeq: 1 INVITE
          Content-Length: 0

          """);

  static Stream<Path> scripts() throws IOException {
    try (var files = Files.list(SCRIPTS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void itLoadsAndRuns(Path file) throws IOException, Unusable {
    var read = read(Files.readString(file));
    var script = assertInstanceOf(Script.class, read, () -> shown(read));
    var said = script.warnings().stream().map(Complaint::sentence).toList();
    assertEquals(said.size(), new HashSet<>(said).size(), () -> String.join("\n", said));
    var failures = new ArrayList<String>();
    var program = script.program((at, sentence) -> failures.add(at + " " + sentence));
    var world = new TestWorld();
    var run = new Run(Optional.of(INVITE), world, 10_000);
    program.message(run);
    program.reply(run);
    assertTrue(failures.stream().noneMatch(one -> one.contains("broke")), failures::toString);
  }

  @Test
  void whatHasNoMeaningIsToldWithItsPlace() throws IOException, Unusable {
    var read = read(Files.readString(SCRIPTS.resolve("ser-style-1.cfg")));
    var said =
        assertInstanceOf(Script.class, read).warnings().stream()
            .map(one -> one.at().line() + ":" + one.at().column() + " " + one.sentence())
            .toList();
    for (var sentence :
        List.of(
            "2:1 the setting debug changes nothing here",
            "6:1 sockets are opened by the configuration (sipscope.hep), not by a script",
            "12:12 the module sl has nothing that is used here",
            "22:1 the parameter trace_flag of the module siptrace changes nothing here",
            "41:12 'myself' is nobody here: a node has no SIP addresses",
            "63:54 rewritehostport() does nothing here; it gives true")) {
      assertTrue(said.contains(sentence), () -> sentence + " is not in " + said);
    }
  }

  private static Outcome read(String text) throws Unusable {
    Registry registry =
        PolicyLanguage.registry(
            _ -> true, Dispatcher.of(Map.of(1, List.of("sip:10.0.0.1:9060")), ""));
    return ScriptReader.read("test.cfg", text, registry, Includes.none());
  }

  private static String shown(Outcome read) {
    return switch (read) {
      case Outcome.Refused(var complaints) ->
          complaints.stream().filter(Complaint::isError).map(Complaint::shown).toList().toString();
      case Script _ -> "";
    };
  }
}
