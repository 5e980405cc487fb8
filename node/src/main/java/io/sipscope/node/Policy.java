package io.sipscope.node;

import com.typesafe.config.Config;
import io.sipscope.node.script.compile.Outcome;
import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.dispatcher.DispatcherSettings;
import io.sipscope.node.script.engine.PolicyLanguage;
import io.sipscope.node.script.engine.ScriptFile;
import io.sipscope.node.script.engine.ScriptSettings;
import io.sipscope.node.script.grammar.Complaint;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.persistence.trace.TraceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/// What the script of a node says before the node starts: settings of its own, laid on top of the
/// configuration, and the sets of its dispatcher.
///
/// @param warnings what was configured otherwise
record Policy(Config config, Dispatcher dispatcher, List<String> warnings) {

  /// @throws BadScript when it has errors, each with its place
  /// @throws BadSetting when it cannot be read
  static Policy of(Config config) {
    var file = ScriptSettings.from(new Setting(config)).file();
    if (file.isEmpty()) {
      return new Policy(config, dispatcher(config), List.of());
    }
    var script = script(file.get(), _ -> true); // it may define the trace_ids that it names
    var laid = PolicyLanguage.definitions(script).over(config);
    script(file.get(), TraceSettings.from(laid.config())::isDefined);
    return new Policy(laid.config(), dispatcher(laid.config()), laid.warnings());
  }

  private static Script script(Path file, Predicate<String> traceIds) {
    var registry = PolicyLanguage.registry(traceIds, Dispatcher.none());
    return switch (ScriptFile.read(file)) {
      case ScriptFile.Unreadable(var why) ->
          throw new BadSetting(
              "sipscope.script.file", file.toString(), "a script that can be read: " + why);
      case ScriptFile.Text(var text) ->
          switch (ScriptReader.read(file.toString(), text, registry)) {
            case Outcome.Refused(var complaints) ->
                throw new BadScript(complaints.stream().map(Complaint::shown).toList());
            case Script script -> script;
          };
    };
  }

  private static Dispatcher dispatcher(Config config) {
    var settings = DispatcherSettings.from(new Setting(config));
    var read = settings.read();
    if (!read.errors().isEmpty()) {
      throw new BadScript(read.errors());
    }
    try {
      return Dispatcher.of(read.sets(), settings.pattern());
    } catch (Unusable wrong) {
      throw new BadScript(List.of("modparam of the dispatcher: error: " + wrong.getMessage()));
    }
  }
}
