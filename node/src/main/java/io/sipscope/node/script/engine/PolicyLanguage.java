package io.sipscope.node.script.engine;

import io.sipscope.http.script.Complaint;
import io.sipscope.http.script.Complaint.Severity;
import io.sipscope.node.script.compile.Outcome;
import io.sipscope.node.script.compile.ParsedScript;
import io.sipscope.node.script.compile.Registry;
import io.sipscope.node.script.compile.Routine;
import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.engine.ScriptDefinitions.Definition;
import io.sipscope.node.script.engine.ScriptFailures.Spot;
import io.sipscope.node.script.functions.Functions;
import io.sipscope.node.script.grammar.Includes;
import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.variables.Transformations;
import io.sipscope.node.script.variables.Variables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Reads scripts of OpenSIPS's language into what the engine runs.
///
/// @param registries what a script can name, by which trace_ids there are
/// @param traceIds those of this node
/// @param wrong what of its definitions keeps a node from starting: why, by its place
/// @param failures hears of what fails while they run
/// @param events hears of the events that a script raises by name, so that they can be subscribed
///     to before they are raised
public record PolicyLanguage(
    Function<Predicate<String>, Registry> registries,
    Predicate<String> traceIds,
    Function<ScriptDefinitions, Map<Position, String>> wrong,
    ScriptFailures failures,
    Consumer<Set<String>> events)
    implements ScriptLoader {

  /// All variables and functions there are.
  ///
  /// @param traceIds which are configured
  public static Registry registry(Predicate<String> traceIds, Dispatcher dispatcher) {
    return new Registry(
        Variables.all(), Functions.all(traceIds, dispatcher), Transformations.all());
  }

  @Override
  public Loaded load(String file, String text) {
    return load(ScriptReader.parse(file, text, registries.apply(traceIds)));
  }

  /// The same of what was read already.
  public Loaded load(ParsedScript parsed) {
    return switch (parsed.judged(registries.apply(traceIds))) {
      case Outcome.Refused(var complaints) -> new Refused(told(complaints));
      case Script script -> {
        var definitions = definitions(script);
        var refused = parsed.complaints(wrong.apply(definitions));
        if (!refused.isEmpty()) {
          yield new Refused(told(refused));
        }
        events.accept(script.events());
        yield new Accepted(
            program(script.program(this::failed)),
            probe -> program(script.program(this::failed, probe)),
            definitions.texts(),
            script.lines(),
            told(script.warnings()));
      }
    };
  }

  /// A text that came over the network reads no files of this machine. What it says is judged as
  /// if a node started with it: it may name the trace_ids that it defines.
  @Override
  public List<Complaint> check(String file, String text) {
    var any = registries.apply(_ -> true);
    var parsed = ScriptReader.parse(file, text, any, Includes.none());
    var own = new HashSet<String>();
    if (parsed.judged(any) instanceof Script script) {
      own.addAll(definitions(script).traceIds());
    }
    var known = registries.apply(id -> traceIds.test(id) || own.contains(id));
    return switch (parsed.judged(known)) {
      case Outcome.Refused(var complaints) -> told(complaints);
      case Script script -> {
        var refused = parsed.complaints(wrong.apply(definitions(script)));
        yield told(refused.isEmpty() ? script.warnings() : refused);
      }
    };
  }

  /// What counts from the start on only.
  public static ScriptDefinitions definitions(Script script) {
    var all = new ArrayList<Definition>();
    script.modparams().stream()
        .map(param -> new Definition(param.at(), param.module(), param.name(), param.value()))
        .forEach(all::add);
    script.globals().stream()
        .map(global -> new Definition(global.at(), "", global.name(), global.value()))
        .forEach(all::add);
    return new ScriptDefinitions(all);
  }

  private void failed(Position at, String sentence) {
    failures.failed(new Spot(at.file(), at.line(), at.column()), sentence);
  }

  static Program program(io.sipscope.node.script.compile.Program program) {
    var timers =
        program.timers().stream()
            .map(timer -> new Program.Timer(timer.name(), timer.seconds(), route(timer.routine())))
            .toList();
    return new Program(
        routes(program.request()),
        routes(program.reply()),
        timers,
        program.startup().map(PolicyLanguage::route),
        routes(program.events()),
        routes(program.routes()));
  }

  private static Route route(Routine routine) {
    return routine::run;
  }

  private static List<Route> routes(Optional<Routine> routine) {
    return routine.map(PolicyLanguage::route).stream().toList();
  }

  private static Map<String, Route> routes(Map<String, Routine> routines) {
    var routes = new LinkedHashMap<String, Route>();
    routines.forEach((name, routine) -> routes.put(name, route(routine)));
    return routes;
  }

  static List<Complaint> told(List<io.sipscope.node.script.grammar.Complaint> complaints) {
    return complaints.stream()
        .map(
            complaint ->
                new Complaint(
                    complaint.at().file(),
                    complaint.at().line(),
                    complaint.at().column(),
                    complaint.at().endColumn(),
                    complaint.sentence(),
                    (complaint.isError() ? Severity.ERROR : Severity.WARNING).text()))
        .toList();
  }
}
