package io.sipscope.node.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.run.Run;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A script that makes more and more of something is ended, and the node keeps its memory.
class MemoryOfScriptsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '`',
      textBlock =
          """
          $var(x) = "0123456789"; while (1) $var(x) = $var(x) + $var(x);            -> a text grew beyond 1048576 characters
          $var(x) = "0123456789"; while (1) $var(x) += $var(x);                     -> a text grew beyond 1048576 characters
          $var(x) = "0123456789"; while (1) $var(x) = "$var(x)$var(x)";             -> a text grew beyond 1048576 characters
          $var(x) = "0123456789"; while (1) $var(x) = $(var(x){s.encode.hexa});     -> a text grew beyond 1048576 characters
          $var(x) = "0123456789"; while (1) $var(x) = $(var(x){re.subst,/./\\0\\0\\0\\0\\0\\0\\0/g}); -> re.subst makes a text longer than 1048576
          $var(x) = "0123456789"; while (1) { $var(i) = $var(n) + 1; $var(n) = 1; $var(x) = $var(x) + "0123456789012345678901234567890123456789"; $var(y$var(x)) = "$var(x)"; } -> it makes more than 16777216 characters of text
          $json(a) := "{}"; $var(x) = "0123456789"; while ($(var(x){s.len}) < 400000) $var(x) = $var(x) + $var(x); $var(i) = 0; while (1) { $json(a/k$var(i)) = $var(x); $var(i) += 1; xlog("$json(a)"); } -> a document grew beyond 1048576 characters
          $json(a) := "{}"; $var(x) = $(var(n){s.fill.left,x,9999}); $json(a/x) = $var(x); $var(i) = 0; while (1) { $var(y$var(i)) = $json(a); $var(i) += 1; } -> it makes more than 16777216 characters of text
          $var(i) = 0; while (1) { $shv(x$var(i)) = 1; $var(i) += 1; }              -> $shv has 1000 names already
          $var(x) = "0123456789"; while (1) { $shv(x) = $var(x); $var(x) += $var(x); } -> $shv has no room for more than 65536
          """)
  void itIsEnded(String statements, String why) {
    var script = Scripted.of("route { $var(n) = 0; " + statements + " }");
    script.program().message(new Run(Optional.empty(), new TestWorld(), 1_000_000));
    assertEquals(1, script.failures.size(), script.failures::toString);
    assertTrue(script.failures.getFirst().contains(why), script.failures::toString);
  }

  /// A document of somebody else's, and the run: what follows is done all the same.
  @Test
  void whatIsNoJsonFailsItsStatementAlone() {
    var script =
        Scripted.of("route { $json(a) := \"<html>\"; $json(a/b) = 1; update_stat(\"after\", 1); }");
    var world = new TestWorld();
    script.program().message(new Run(Optional.empty(), world, 1_000));
    assertEquals(2, script.failures.size(), script.failures::toString);
    assertEquals(1, world.statistic("after").orElse(0));
  }
}
