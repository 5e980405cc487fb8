package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents say is so.
class DocumentsTest {
  private static final Path ROOT = Corpus.repository();
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern VARIABLE = Pattern.compile("SIPSCOPE_[A-Z_]+");

  static Stream<Path> documents() throws IOException {
    try (var docs = Files.walk(ROOT.resolve("ops/docs"))) {
      return Stream.concat(
          Stream.of("README.md", "CHANGELOG.md", "ops/sample/README.md").map(ROOT::resolve),
          docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList()
          .stream();
    }
  }

  /// Commands are in `sh` blocks, one a line. Those with something of the reader's own in them are
  /// in `console` blocks, after a `$`.
  @ParameterizedTest
  @MethodSource("documents")
  void everyCommandIsRunByContinuousIntegration(Path document) throws IOException {
    var run = new ArrayList<String>();
    for (var script : List.of(".ci/run", ".ci/commands", ".ci/cluster")) {
      Files.readAllLines(ROOT.resolve(script)).forEach(line -> run.add(plain(line)));
    }
    var notRun =
        commands(Files.readString(document)).stream()
            .filter(command -> run.stream().noneMatch(line -> isRunBy(line, command)))
            .toList();
    assertEquals(List.of(), notRun, document.toString());
  }

  @Test
  void theReadmeHasCommandsAtAll() throws IOException {
    assertTrue(commands(Files.readString(ROOT.resolve("README.md"))).size() > 5);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) throws IOException {
    var dead =
        LINK.matcher(Files.readString(document))
            .results()
            .map(link -> link.group(1))
            .filter(target -> !Files.exists(document.resolveSibling(target)))
            .toList();
    assertEquals(List.of(), dead, document.toString());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyEnvironmentVariableIsRead(Path document) throws IOException {
    var unknown = variables(Files.readString(document));
    unknown.removeAll(known());
    assertEquals(Set.of(), unknown, document.toString());
  }

  @Test
  void everyEnvironmentVariableOfTheContainersIsRead() throws IOException {
    var unknown = variables(Files.readString(ROOT.resolve("docker/compose.yaml")));
    unknown.addAll(variables(Files.readString(ROOT.resolve("docker/env.example"))));
    assertFalse(unknown.isEmpty());
    unknown.removeAll(known());
    unknown.removeAll(variables(Files.readString(ROOT.resolve("docker/sipscope.conf"))));
    assertEquals(Set.of(), unknown);
  }

  @Test
  void everyDecisionHasItsFourParts() throws IOException {
    try (var decisions = Files.list(ROOT.resolve("ops/docs/adr"))) {
      for (var decision : decisions.toList()) {
        var headings =
            Files.readString(decision)
                .lines()
                .filter(line -> line.startsWith("## "))
                .collect(Collectors.joining(" "));
        assertEquals(
            "## Context ## Decision ## Cost ## When to revisit", headings, decision.toString());
      }
    }
  }

  private static List<String> commands(String document) {
    var commands = new ArrayList<String>();
    boolean inside = false;
    for (var line : document.lines().toList()) {
      if (line.startsWith("```")) {
        inside = line.equals("```sh");
      } else if (inside && !line.isBlank() && !line.startsWith("#")) {
        commands.add(plain(line));
      }
    }
    return commands;
  }

  /// The script may send what a command prints somewhere, or run it in the background.
  private static boolean isRunBy(String line, String command) {
    return line.equals(command)
        || line.startsWith(command + " >")
        || line.startsWith(command + " |");
  }

  /// Addresses and Maven's quietness apart: continuous integration has its own.
  private static String plain(String line) {
    return line.strip()
        .replace("http://127.0.0.1:8888", "$SIPSCOPE_URL")
        .replace("hep-tcp:127.0.0.1:9061", "hep-tcp:127.0.0.1:$SIPSCOPE_HEP_TCP_PORT")
        .replace("sip:127.0.0.1:5070", "sip:127.0.0.1:$sip")
        .replace("mvn -B -ntp", "mvn -B");
  }

  private static Set<String> variables(String text) {
    return VARIABLE
        .matcher(text)
        .results()
        .map(result -> result.group())
        .collect(Collectors.toSet());
  }

  /// What the configuration, the launcher, the commands or the tests read.
  private static Set<String> known() throws IOException {
    var known = variables(Files.readString(ROOT.resolve("ops/sipscope")));
    known.addAll(variables(Files.readString(ROOT.resolve("ops/find-java.sh"))));
    known.addAll(variables(Files.readString(ROOT.resolve("ops/bench/run"))));
    known.add("SIPSCOPE_STRICT");
    var sources = new ArrayList<Path>();
    for (var folder : List.of("persistence", "http-api", "node", "ops")) {
      try (var files = Files.walk(ROOT.resolve(folder).resolve("src/main"))) {
        files.filter(Files::isRegularFile).forEach(sources::add);
      }
    }
    for (var source : sources) {
      if (source.toString().endsWith(".conf") || source.toString().endsWith(".java")) {
        known.addAll(variables(Files.readString(source)));
      }
    }
    return known;
  }
}
