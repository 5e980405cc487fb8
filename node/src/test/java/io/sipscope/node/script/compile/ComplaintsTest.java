package io.sipscope.node.script.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.grammar.Complaint;
import io.sipscope.node.script.grammar.Includes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong with a script, and how that is told.
class ComplaintsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '`',
      textBlock =
          """
          route { sya("a"); }          -> 1:9 there is no function sya() (is 'say' meant?)
          route { say($mr); }          -> 1:13 there is no pseudo-variable $mr (is '$ml' meant?)
          route { say("at $vat(x)"); } -> 1:17 there is no pseudo-variable $vat (is '$var' meant?)
          route { say("$(rm{s.le})"); } -> 1:18 there is no transformation {s.le} (is 's.len' meant?)
          route { say(); }             -> 1:9 say() wants 1 argument: 'text' is missing
          route { yes(1); }            -> 1:9 yes() has 1 arguments, and at most 0 are wanted
          route { say("a", , "b"); }   -> 1:20 found 'b' where a number is wanted for 'number'
          route { put(5); }            -> 1:13 a pseudo-variable to write to is wanted for 'into'
          route { put($rm); }          -> 1:13 $rm can only be read
          route { $rm = 5; }           -> 1:9 $rm can only be read
          route { $var = 5; }          -> 1:9 $var wants something in parentheses
          route { $var() = 5; }        -> 1:9 $var wants a name
          route { say($rc(x)); }       -> 1:13 $rc has no parentheses
          route { route(nowhere); }    -> 1:9 there is no route[nowhere]
          route { break; }             -> 1:9 'break' is wanted in a loop or a switch only
          route { if ($rm =~ "(") exit; } -> 1:20 this is no pattern: missing closing )
          route { if (myself) exit; }  -> 1:13 'myself' is no condition
          route { say("a") say("b"); } -> 1:17 found 'say' where ';' is wanted
          route { say("a"; }           -> 1:16 found ';' where ')' is wanted
          route { if $rm exit; }       -> 1:12 found '$rm' where '(' is wanted
          route { $var(x) 5; }         -> 1:17 found '5' where '=' is wanted
          route { say("a");            -> 1:18 found the end where a statement or '}' is wanted
          route { "a"; }               -> 1:9 found '"a"' where a statement or '}' is wanted
          route { say("a); }           -> 1:13 the string has no end: " is wanted
          route { /* say("a"); }       -> 1:9 the comment has no end: '*/' is wanted
          route { $var(x = 5; }        -> 1:9 a ')' is wanted for this pseudo-variable
          route { $var(x) = 99999999999999999999; } -> 1:19 this number is too large
          route { say("a"); } route { } -> 1:21 there is another route at test.cfg:1:1
          route[a] { } route[a] { }    -> 1:14 there is another route[a]
          timer_route[a] { }           -> 1:1 timer_route wants a name and seconds: timer_route[name, 60]
          event_route { }              -> 1:1 event_route wants an event: event_route[E_NAME]
          nonsense                     -> 1:1 found 'nonsense' where a route, loadmodule, modparam or a setting is wanted
          loadmodule 5                 -> 1:12 found '5' where a string is wanted
          #!endif                      -> 1:1 #!endif without an #!ifdef before it
          route { say("a); say("b"); } -> 1:23 found 'b' where ')' is wanted
          include_file "away.cfg"      -> 1:14 the file "away.cfg" cannot be read
          route { for ($var(x) in $var(y)) exit; } -> 1:25 all of something is wanted here: $(var(...)[*])
          route { if (10.0.0.0/33 == $rm) exit; } -> 1:13 '10.0.0.0/33' is no network (wanted: 10.0.0.0/8)
          route { async(say("a")); } -> 1:9 async() wants the route that goes on: async(f(), name)
          """)
  void whatIsWrongIsToldWithItsPlaceAndWhatIsWanted(String script, String told) {
    var complaint = errors(script).getFirst();
    assertEquals(
        told, complaint.at().line() + ":" + complaint.at().column() + " " + complaint.sentence());
  }

  @Test
  void whoseModuleIsNotLoadedIsCalledAllTheSame() {
    var read =
        ScriptReader.read(
            "test.cfg", "loadmodule \"json.so\" route { far(); far(); }", SmallWorld.REGISTRY);
    assertEquals(
        List.of(
            "far() is a function of the module distant, which is not loaded: OpenSIPS would refuse"
                + " it"),
        assertInstanceOf(Script.class, read).warnings().stream().map(Complaint::sentence).toList());
  }

  @Test
  void aCaretStandsUnderThePlace() {
    assertEquals(
        """
        test.cfg:2:5: error: there is no function sya() (is 'say' meant?)
        \tif(sya("a")) exit;
        \t   ^~~\
        """,
        errors("route {\n\tif(sya(\"a\")) exit;\n}").getFirst().shown());
  }

  @Test
  void allErrorsOfAFileAreTold() {
    assertEquals(
        List.of(2, 3, 5),
        errors("route {\nsay(;\n$var(x) = ;\nsay(\"a\");\nif () exit;\n}").stream()
            .map(complaint -> complaint.at().line())
            .toList());
    assertEquals(2, errors("route {\nsya(\"a\");\nsay($mr);\n}").size());
    assertEquals(
        List.of("1:16", "2:12", "3:13"),
        errors("route[a] { say(; }\nroute[b] { sya(\"a\"); route(a); }\nroute { say($mr); }")
            .stream()
            .map(complaint -> complaint.at().line() + ":" + complaint.at().column())
            .toList());
    assertEquals(100, errors("route {" + "sya();\n".repeat(500) + "}").size());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '`',
      textBlock =
          """
          route { exit; say("a"); }         -> this is never reached
          route { while (1) { say("a"); } } -> this loop has no end
          failure_route[x] { exit; }        -> failure_route is a proxy's, and never runs here
          onreply_route[x] { exit; }        -> a named onreply_route is armed by a proxy, and never runs here
          loadmodule "near.so"              -> the module near has nothing that is used here
          loadmodule "tm.so" route { far(); } -> the module tm has nothing that is used here; far() is a function of the module distant, which is not loaded: OpenSIPS would refuse it
          route { t_relay(); t_relay(); }   -> t_relay() does nothing here; it gives true
          route { if ($DLG_status != NULL) exit; } -> $DLG_status is always null here: only a proxy has it
          route { $T_fr_timeout = 5; }      -> $T_fr_timeout is always null here: only a proxy has it
          route { $rs = 5; }                -> $rs stays what was captured: nothing can be written to it here
          route { if (uri==myself) exit; }  -> 'myself' is nobody here: a node has no SIP addresses
          loadmodule "odd.so" route { oddity_of_it(5); } -> the module odd has nothing that is used here; oddity_of_it() is not known, and may be one of the module odd: it does nothing here; it gives true
          children = 4                      -> the setting children changes nothing here
          childern = 4                      -> there is no setting childern (is 'children' meant?)
          socket=udp:10.0.0.1:5060          -> sockets are opened by the configuration (sipscope.hep), not by a script
          loadmodule "statistics.so" modparam("statistics", "stat_group", "a") -> the module statistics has nothing that is used here; the parameter stat_group of the module statistics changes nothing here (is 'stat_groups' meant?)
          #!substdef "/a/b/"                -> substitutions are not made here: '#!define' is known
          """)
  void whatIsStrangeIsAWarning(String script, String told) {
    var read = ScriptReader.read("test.cfg", script, SmallWorld.REGISTRY);
    var warnings = assertInstanceOf(Script.class, read).warnings();
    assertEquals(
        told, warnings.stream().map(Complaint::sentence).collect(Collectors.joining("; ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "{",
        "!(",
        "-(",
        "$var(",
        "if (yes()) ",
        "while (yes()) {",
        "say(",
        "\"",
        "'",
        "/*",
        "$(",
        "[",
        "- ",
        "1 + ",
        "route(",
        "else ",
        "case 1:"
      })
  void nothingIsNestedTooDeepToBeTold(String piece) {
    for (var before : List.of("route {", "route { $var(x) = ", "route { if (", "")) {
      var started = errors(before + piece.repeat(100_000));
      assertTrue(!started.isEmpty() && started.size() <= 100, before);
    }
  }

  @Test
  void aStringThatGoesOnToTheNextOneIsNamed() {
    assertEquals(
        "found 'b' where ')' is wanted (the string before it begins in line 2)",
        errors("route {\n  say(\"a);\n  say(\"b\");\n}").getFirst().sentence());
  }

  @Test
  void definitionsArePutIn() {
    var script =
        """
        #!define LEVEL 3
        #!define DEBUG
        log_level = LEVEL
        #!ifdef DEBUG
        xlog_level = 4
        #!else
        nonsense (
        #!endif
        #!ifndef DEBUG
        more nonsense (
        #!endif
        """;
    var read = assertInstanceOf(Script.class, ScriptReader.read("t", script, SmallWorld.REGISTRY));
    assertEquals(
        Map.of("log_level", "3", "xlog_level", "4"),
        read.globals().stream().collect(Collectors.toMap(one -> one.name(), one -> one.value())));
  }

  @Test
  void settingsOfModulesAndOfTheCoreAreRead() {
    var script =
        """
        log_level=3
        socket=udp:127.0.0.1:5060 use_workers 4
        auto_scaling_profile = PROFILE_SIP
           scale up to 6 on 70% for 4 cycles within 5
           scale down to 2 on 18% for 10 cycles
        mpath="/usr/lib/"
        loadmodule "/usr/lib/near.so";
        modparam("near", "groups", "a, b")
        modparam("near", "size", 5);
        """;
    var read = assertInstanceOf(Script.class, ScriptReader.read("t", script, SmallWorld.REGISTRY));
    assertEquals(
        List.of(
            "3",
            "udp:127.0.0.1:5060 use_workers 4",
            "PROFILE_SIP scale up to 6 on 70% for 4 cycles within 5 scale down to 2 on 18% for 10"
                + " cycles",
            "/usr/lib/"),
        read.globals().stream().map(one -> one.value()).toList());
    assertEquals(
        List.of("near groups a, b", "near size 5"),
        read.modparams().stream()
            .map(one -> one.module() + " " + one.name() + " " + one.value())
            .toList());
  }

  @Test
  void anIncludedFileIsNamedInItsComplaints() {
    Includes includes =
        (_, wanted) -> Optional.of(new Includes.Source(wanted, "route[inner] {\n  sya();\n}"));
    var read =
        ScriptReader.read(
            "outer.cfg", "include_file \"inner.cfg\"\nroute { }", SmallWorld.REGISTRY, includes);
    var refused = assertInstanceOf(Outcome.Refused.class, read);
    assertEquals("inner.cfg:2:3", refused.complaints().getFirst().at().toString());
    assertEquals("  sya();", refused.complaints().getFirst().source());
  }

  @Test
  void aFileThatIncludesItselfIsEnded() {
    Includes includes =
        (_, wanted) -> Optional.of(new Includes.Source(wanted, "include_file \"a.cfg\""));
    var read = ScriptReader.read("a.cfg", "include_file \"a.cfg\"", SmallWorld.REGISTRY, includes);
    assertEquals(
        "more than 10 files in each other",
        assertInstanceOf(Outcome.Refused.class, read).complaints().getFirst().sentence());
  }

  private static List<Complaint> errors(String script) {
    var read = ScriptReader.read("test.cfg", script, SmallWorld.REGISTRY);
    return assertInstanceOf(Outcome.Refused.class, read, script).complaints().stream()
        .filter(Complaint::isError)
        .toList();
  }
}
