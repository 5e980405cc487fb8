package io.sipscope.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.sipscope.node.script.compile.Outcome;
import io.sipscope.node.script.compile.ParsedScript;
import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.dispatcher.DispatcherSettings;
import io.sipscope.node.script.engine.PolicyLanguage;
import io.sipscope.node.script.engine.ScriptDefinitions;
import io.sipscope.node.script.engine.ScriptDefinitions.Definition;
import io.sipscope.node.script.engine.ScriptFile;
import io.sipscope.node.script.engine.ScriptSettings;
import io.sipscope.node.script.grammar.Complaint;
import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.persistence.trace.TraceSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What the script of a node says before the node starts: settings of its own, laid on top of the
/// configuration, and the sets of its dispatcher.
///
/// @param config with what the script defines
/// @param without the configuration alone
/// @param script as it was read for that; empty when there is none
/// @param warnings what was configured otherwise
record Policy(
    Config config,
    Config without,
    Optional<ParsedScript> script,
    Dispatcher dispatcher,
    List<String> warnings) {

  /// @throws BadScript when it has errors, each with its place
  /// @throws BadSetting when it cannot be read
  static Policy of(Config config) {
    var file = ScriptSettings.from(new Setting(config)).file();
    return file.isEmpty()
        ? new Policy(config, config, Optional.empty(), dispatcher(config), List.of())
        : of(config, parsed(file.get()));
  }

  /// @param script the configuration's, which was read already
  static Policy of(Config config, ParsedScript script) {
    // It may define the trace_ids that it names.
    var definitions = PolicyLanguage.definitions(judged(script, _ -> true));
    var wrong = script.complaints(wrong(definitions, config));
    if (!wrong.isEmpty()) {
      throw refused(wrong);
    }
    var laid = definitions.over(config);
    judged(script, TraceSettings.from(laid.config())::isDefined);
    return new Policy(
        laid.config(), config, Optional.of(script), dispatcher(laid.config()), laid.warnings());
  }

  private static ParsedScript parsed(Path file) {
    var registry = PolicyLanguage.registry(_ -> true, Dispatcher.none());
    return switch (ScriptFile.read(file)) {
      case ScriptFile.Unreadable(var why) ->
          throw new BadSetting(
              "sipscope.script.file", file.toString(), "a script that can be read: " + why);
      case ScriptFile.Text(var text) -> ScriptReader.parse(file.toString(), text, registry);
    };
  }

  private static Script judged(ParsedScript script, Predicate<String> traceIds) {
    return switch (script.judged(PolicyLanguage.registry(traceIds, Dispatcher.none()))) {
      case Outcome.Refused(var complaints) -> throw refused(complaints);
      case Script good -> good;
    };
  }

  private static BadScript refused(List<Complaint> complaints) {
    return new BadScript(complaints.stream().map(Complaint::shown).toList());
  }

  /// What a script defines that no node with this configuration can start with: why, by its place.
  static Map<Position, String> wrong(ScriptDefinitions definitions, Config config) {
    var wrong = new LinkedHashMap<Position, String>();
    if (refusal(definitions.over(config).config()).isEmpty() || refusal(config).isPresent()) {
      return wrong;
    }
    var good = new ArrayList<Definition>();
    for (var definition : definitions.byNeed()) {
      good.add(definition);
      var why = refusal(new ScriptDefinitions(good).over(config).config());
      if (why.isPresent()) {
        good.removeLast();
        wrong.merge(definition.at(), why.get(), (first, _) -> first);
      }
    }
    return wrong;
  }

  private static Optional<String> refusal(Config config) {
    try {
      NodeSettings.from(config);
      dispatcher(config);
      return Optional.empty();
    } catch (BadSetting | ConfigException wrong) {
      return Optional.of(wrong.getMessage());
    } catch (BadScript wrong) {
      return Optional.of(String.join("; ", wrong.errors()));
    }
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
      throw new BadScript(List.of(wrong.getMessage()));
    }
  }
}
