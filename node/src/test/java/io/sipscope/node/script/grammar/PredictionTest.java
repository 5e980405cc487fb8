package io.sipscope.node.script.grammar;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.engine.RandomScripts;
import io.sipscope.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The parser remembers for ever by which words it decided: where a few decide there are few of
/// them, and where it must look ahead over a whole block each script adds its own.
class PredictionTest {
  private static final int SCRIPTS = 200;

  @Test
  void whatIsReadLeavesNothingBehind() {
    var scripts = new RandomScripts(3);
    for (int made = 0; made < SCRIPTS; made++) {
      var text = scripts.next();
      read(text);
      var bytes = List.of(text.getBytes(StandardCharsets.UTF_8));
      read(new String(new Mutations(bytes, new Random(made)).next(), StandardCharsets.UTF_8));
    }
    var decisions = new ScriptParser(null).getInterpreter().decisionToDFA;
    int remembered = Arrays.stream(decisions).mapToInt(one -> one.states.size()).sum();
    assertTrue(remembered < 10 * decisions.length, remembered + " in " + decisions.length);
  }

  private static void read(String text) {
    ScriptText.tree("f", text, Includes.none(), new Complaints(), _ -> true);
  }
}
