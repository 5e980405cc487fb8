package io.sipscope.node.script.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs, and what they mean.
class ProgramTest {
  private final List<String> failures = new ArrayList<>();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '`',
      textBlock =
          """
          say("a"); say("b");                                              -> a b
          say("last")                                                      -> last
          $var(x) = 1 + 2 * 3; say($var(x));                               -> 7
          $var(x) = (1 + 2) * 3 - 8 / 2 % 3; say($var(x));                 -> 8
          $var(x) = 1 << 4 | 3 & 2 ^ 1; say($var(x));                      -> 19
          $var(x) = ~0 + -1; say($var(x));                                 -> -2
          $var(x) = 0x1F; say("$var(x)");                                  -> 31
          $var(x) = 5; $var(x) += 2; $var(x) *= 3; say($var(x));           -> 21
          $var(x) = 7; $var(x) -= 2; $var(x) /= 2; $var(x) <<= 3; say($var(x)); -> 16
          $var(x) = "a" + "b" + 1; say($var(x));                           -> ab1
          $var(x) := "{}"; say($var(x));                                   -> parsed {}
          say("$var(none)");                                               -> <null>
          say("$rm at $ml, $$5, \\"q\\" 5$");                              -> INVITE at 512, $5, "q" 5$
          say('$rm\\n');                                                   -> INVITE\\n
          say($(rm{s.len})); say("$(var(x){s.toupper}{s.len})");           -> 6 6
          say($(rm{s.cat,a,$ml}));                                         -> INVITE[Text[value=a], Text[value=512]]
          $var(k) = "x"; $var(a$var(k)) = 4; say($var(ax));                -> 4
          say("$ct.fields(uri) $rm.");                                     -> sip:a@b INVITE.
          if ($rm == "invite") say("same"); else say("other");             -> same
          if (method == "INVITE" && $ml > 500) { say("big"); }             -> big
          if (method==INVITE) say("bare");                                 -> bare
          if (10.0.0.1 == "10.0.0.1") say("address");                      -> address
          if ($rm =~ "^inv.*e$") say("match");                             -> match
          $var(p) = "VI"; if ($rm =~ $var(p)) say("in"); if ($rm !~ "^V") say("out"); -> in out
          if ($rm =~ "$var(p)x|INV") say("dynamic");                       -> dynamic
          if ($var(x) == NULL) say("null"); if ($rm != NULL) say("set");   -> null set
          if ($var(x) != 200) say("differs"); if ($var(x) < 200) say("no"); -> differs
          if ($var(x) == 200 || $var(x) > 1) say("yes"); else say("no");   -> no
          if (!yes()) say("a"); else if (no()) say("b"); else say("c");    -> c
          if (not no() and yes() or no()) say("words");                    -> words
          if (yes() && over()) say("never"); say("never");                 -> ``
          over(); say("never");                                            -> ``
          no(); say($rc);                                                  -> -1
          while ($var(i) < 3) { $var(i) += 1; }                            -> ``
          $var(i) = 0; while ($var(i) < 3) { say($var(i)); $var(i) += 1; } -> 0 1 2
          $var(i) = 0; while (1) { $var(i) += 1; if ($var(i) > 4) break; } say($var(i)); -> 5
          switch ($rm) { case "BYE": say("b"); case "INVITE": say("i"); case "ACK": say("a"); break; default: say("d"); } -> i a
          switch ($ml) { case 1: say("1"); break; default: say("d"); break; case 2: say("2"); } -> d
          if (10.1.2.3 == 10.0.0.0/8) say("in"); if (10.1.2.3 != 10.0.0.0/255.0.0.0) say("out"); -> in
          if ($rm == 10.0.0.0/8) say("in"); if ($rm != 10.0.0.0/8) say("out"); -> out
          if ("10.1.2.3" == "10.0.0.0/8") say("text"); else say("other"); -> other
          if ([5 & 4]) say("brackets"); if (msg:len > 500) say("long");    -> brackets long
          for ($var(x) in $(item(a b c)[*])) { if ($var(x) == "c") break; say($var(x)); } -> a b
          for ($var(x) in $(item(a b)[*])) for ($var(y) in $(item(1 2)[*])) say("$var(x)$var(y)"); -> a1 a2 b1 b2
          for ($var(x) in $(item()[*])) say("never"); say("on");           -> on
          $var(r) = "other"; route($var(r), "v"); route("$var(r)", "w", "x"); -> v<null> wx
          route(several); say("$rc $return(0) $return(1) $return(2)");     -> 7 a 14 <null>
          say("a", , 5); say("b", "m");                                    -> a/5 b/m
          say("a", "", "7");                                               -> a//7
          put($var(x)); put("$var(y)"); say("$var(x) $var(y)");            -> put put
          route(other, "v", 2); say($rc);                                  -> v2 5
          if (route(other)) say("true"); if (route(refuse)) say("false");  -> <null><null> true
          route(leave); say("never");                                      -> left
          exit; say("never");                                              -> ``
          return(1); say("never");                                         -> ``
          /* one */ say("a"); # two                                         -> a
          $var(x) = 5 / 0; say("on");                                      -> on
          $var(x) = $var(none) + 1; say("on $rc");                         -> on -1
          $var(x) = 5 - $var(none); say("$var(x)");                        -> 5
          if ($var(none) =~ "a") say("never");                             -> ``
          if ($var(none) =~ $var(x)) say("same"); else say("other");       -> same
          if ($var(none) !~ "a") say("other");                             -> other
          $var(x) = "a" + $var(none); say("$var(x)");                      -> a
          $var(x) = 5 / $var(none); say("on $rc");                         -> on -1
          fall(); say("never");                                            -> ``
          async(say("now"), resumed); say("never");                        -> now resumed
          launch(say("now"), resumed); say("on");                          -> now resumed on
          """)
  void aProgramMeansWhatOpenSipsMeans(String program, String meaning) {
    assertEquals(meaning, ran(program));
  }

  @Test
  void whatFailsIsToldWithItsPlaceAndTheRunGoesOnOrEnds() {
    ran("$var(x) = 5 / 0; $var(x) = $var(none) - 1;\nfall();");
    assertEquals(
        List.of(
            "1:13 nothing can be divided by zero",
            "1:39 nothing can be computed with null",
            "2:1 it broke: java.lang.IllegalStateException: fallen"),
        failures);
  }

  @Test
  void aLoopWithoutAnEndIsEnded() {
    assertEquals("a", ran("say(\"a\"); while ($ml) { $var(i) = 1; } say(\"never\");"));
    assertEquals(1, failures.size());
  }

  @Test
  void patternsInLongTextsAreWorthManySteps() {
    ran(
        "$var(t) = \"%s\"; $var(n) = 0;".formatted("x".repeat(50_000))
            + " while ($var(n) < 100) { $var(n) += 1; if ($var(t) =~ \"y{15}x?y{15}z\") exit; }");
    assertEquals(1, failures.size(), failures::toString);
  }

  @Test
  void routesThatCallEachOtherWithoutAnEndAreEnded() {
    assertEquals("", ran("route(endless); say(\"never\");"));
    assertEquals(List.of("9:18 more than 100 routes in each other"), failures);
  }

  @Test
  void blocksOfRoutesThatCallEachOtherAreEndedBeforeTheStackIs() {
    ran("route(deep);");
    assertEquals(1, failures.size());
    assertTrue(
        failures.getFirst().endsWith("more than 500 blocks in each other"), failures::toString);
  }

  @Test
  void aChainOfElseIfIsNoNesting() {
    var chain = new StringBuilder("$var(i) = 2999; if ($var(i) == 0) say(0);\n");
    for (int i = 1; i < 3_000; i++) {
      chain.append("else if ($var(i) == ").append(i).append(") say(").append(i).append(");\n");
    }
    assertEquals("2999", ran(chain + "else say(\"none\");"));
    assertEquals(List.of(), failures);
  }

  @Test
  void whatIsLookedAtInALoopCountsAsSteps() {
    for (var many : List.of("else if ($var(i) == 1) say(1);\n", "")) {
      failures.clear();
      var looked =
          many.isEmpty()
              ? "switch ($var(i)) {" + "case 1: break;\n".repeat(100) + "}"
              : "if ($var(i) == 1) say(1);\n" + many.repeat(100);
      ran(
          "while ($var(n) < 200 || $var(n) == NULL) { if ($var(n) == NULL) $var(n) = 0;"
              + " $var(n) += 1;\n"
              + looked
              + "}");
      assertEquals(1, failures.size(), failures::toString);
    }
  }

  private String ran(String statements) {
    var routes =
        """
        }
        route[other] { say("$param(1)$param(2)"); return(5); }
        route[refuse] { return(-1); }
        route[leave] { say("left"); exit; }
        route[resumed] { say("resumed"); }
        route[several] { return(7, "a", 7 * 2); }
        route[deep] { if (1) { if (1) { if (1) { if (1) { if (1) { route(deep); } } } } } }
        route[endless] { route(endless); }
        """;
    var text = "route {\n" + statements + "\n" + routes;
    var outcome = ScriptReader.read("test.cfg", text, SmallWorld.REGISTRY);
    var program =
        assertInstanceOf(Script.class, outcome, outcome::toString)
            .program(
                (at, sentence) ->
                    failures.add((at.line() - 1) + ":" + at.column() + " " + sentence));
    var run = new Run(Optional.empty(), null, 10_000);
    program.message(run);
    return SmallWorld.said(run).stripTrailing();
  }
}
