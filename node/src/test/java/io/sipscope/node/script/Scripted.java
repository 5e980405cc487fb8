package io.sipscope.node.script;

import io.sipscope.node.script.compile.Outcome;
import io.sipscope.node.script.compile.Program;
import io.sipscope.node.script.compile.Registry;
import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.functions.Functions;
import io.sipscope.node.script.grammar.Complaint;
import io.sipscope.node.script.grammar.Includes;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.variables.Transformations;
import io.sipscope.node.script.variables.Variables;
import java.util.ArrayList;
import java.util.List;

/// Whole scripts as a node reads and runs them, with every variable and function there is. The
/// trace_ids `tid` and `h3` are configured.
public final class Scripted {
  private static final List<String> TRACE_IDS = List.of("tid", "h3");

  /// What failed while routes ran: `line:column sentence`.
  public final List<String> failures = new ArrayList<>();

  private final Program program;

  private Scripted(Script script) {
    program =
        script.program(
            (at, sentence) -> failures.add(at.line() + ":" + at.column() + " " + sentence));
  }

  private static Outcome read(String text, Dispatcher dispatcher) {
    var registry =
        new Registry(
            Variables.all(), Functions.all(TRACE_IDS::contains, dispatcher), Transformations.all());
    return ScriptReader.read("policy.cfg", text, registry, Includes.none());
  }

  public static Scripted of(String text) {
    return of(text, Dispatcher.none());
  }

  public static Scripted of(String text, Dispatcher dispatcher) {
    return switch (read(text, dispatcher)) {
      case Script script -> new Scripted(script);
      case Outcome.Refused(var complaints) ->
          throw new IllegalArgumentException(
              complaints.stream().map(Complaint::shown).toList() + "");
    };
  }

  /// What is said of a script: `line:column severity: sentence`.
  public static List<String> complaints(String text) {
    var all =
        switch (read(text, Dispatcher.none())) {
          case Script script -> script.warnings();
          case Outcome.Refused(var complaints) -> complaints;
        };
    return all.stream()
        .map(one -> one.at().line() + ":" + one.at().column() + " " + one.sentence())
        .toList();
  }

  public Program program() {
    return program;
  }

  /// Runs `route` or `onreply_route`, by what the message is.
  public Run run(TestWorld world, Subject subject) {
    var run = world.run(subject);
    if (subject.message().isRequest()) {
      program.message(run);
    } else {
      program.reply(run);
    }
    return run;
  }
}
