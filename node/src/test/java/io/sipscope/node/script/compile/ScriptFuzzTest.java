package io.sipscope.node.script.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.grammar.Complaint;
import io.sipscope.node.script.grammar.Includes;
import io.sipscope.node.script.run.Run;
import io.sipscope.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the text is, it becomes a script or complaints, and a script's run ends.
class ScriptFuzzTest {
  /// A script takes some hundred times what a packet does.
  private static final long INPUTS = Math.max(1, Mutations.INPUTS / 100);

  private static final String SCRIPT =
      """
      #!define LIMIT 5
      loadmodule "near.so"
      modparam("near", "groups", "method, packet")
      log_level = 3
      route {
        $var(i) = 0;
        while ($var(i) < LIMIT && !no()) { $var(i) += 1; say("at $var(i) of $(rm{s.len})"); }
        switch ($rm) { case "INVITE": route(other, $ml, "x$rm"); break; default: exit; }
        if ($rm =~ "^INV(ITE)?$" or $ml >= 0x10 - 3) { put($var(y)); } else if (yes()) drop;
        async(say("a", , 5), resumed);
      }
      route[other] { return(1); }
      route[resumed] { say("$param(1)"); }
      timer_route[push, 60] { say('b'); }
      event_route[E_X] { exit; }
      onreply_route { say("c") }
      """;
  private static final String[] WORDS = {
    "route",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ";",
    ",",
    "if",
    "else",
    "while",
    "switch",
    "case",
    "$",
    "$var(x)",
    "$(rm{s.len})",
    "\"",
    "'",
    "\"a\"",
    "5",
    "0x",
    "=",
    ":=",
    "+=",
    "==",
    "=~",
    "!",
    "-",
    "+",
    "say",
    "other",
    "exit",
    "return",
    "#!define A ",
    "#!ifdef A",
    "#!endif",
    "\n",
    "A",
    "/*",
    "*/",
    "//",
    "async",
    "modparam",
    "onreply_route",
    "timer_route",
    "default",
    ":",
    "\\",
    "\0",
    "é"
  };

  @Test
  void mutatedScriptsAreRead() {
    var mutations = new Mutations(List.of(SCRIPT.getBytes(StandardCharsets.UTF_8)), new Random(6));
    for (long i = 0; i < INPUTS; i++) {
      read(new String(mutations.next(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void wordsInAnyOrderAreRead() {
    var random = new Random(7);
    for (long i = 0; i < INPUTS; i++) {
      var text = new StringBuilder(random.nextBoolean() ? "route { " : "");
      for (var words = random.nextInt(60); words > 0; words--) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextBoolean() ? " " : "");
      }
      read(text.toString());
    }
  }

  @Test
  void everyPrefixOfAScriptIsRead() {
    for (var length = 0; length <= SCRIPT.length(); length++) {
      read(SCRIPT.substring(0, length));
    }
  }

  @Test
  void tenThousandLinesAreRead() {
    var text = new StringBuilder();
    for (var i = 0; i < 1_000; i++) {
      text.append("route[r").append(i).append("] {\n");
      text.append("  $var(x) = $var(x) + 1;\n".repeat(4));
      text.append("  if ($rm == \"INVITE\" && $ml > 5) {\n    say(\"$rm\");\n  }\n}\n\n");
    }
    var script = assertInstanceOf(Script.class, read(text.toString()));
    assertEquals(10_000, script.lines());
    assertEquals(1_000, script.program((_, _) -> {}).routes().size());
  }

  private static Outcome read(String text) {
    var outcome = ScriptReader.read("f", text, SmallWorld.REGISTRY, Includes.none());
    switch (outcome) {
      case Outcome.Refused(var complaints) -> {
        assertTrue(complaints.stream().anyMatch(Complaint::isError), text);
        complaints.forEach(complaint -> assertFalse(complaint.shown().isEmpty()));
      }
      case Script script -> {
        var run = new Run(Optional.empty(), null, 1_000);
        script.program((_, _) -> {}).message(run);
      }
    }
    return outcome;
  }
}
