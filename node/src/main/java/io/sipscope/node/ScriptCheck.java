package io.sipscope.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import io.sipscope.node.script.compile.Outcome;
import io.sipscope.node.script.compile.ParsedScript;
import io.sipscope.node.script.compile.Registry;
import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.engine.PolicyLanguage;
import io.sipscope.node.script.engine.ScriptFile;
import io.sipscope.node.script.grammar.Complaint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Says what is wrong with a script and what is strange in it, as the start of a node with this
/// configuration would; nothing is started.
///
/// @param complaints as they are shown, of one line or more each: place, sentence, line, caret
/// @param errors how many of them keep a node from starting
/// @param lines of the script
public record ScriptCheck(List<String> complaints, int errors, long lines) {
  public ScriptCheck {
    complaints = List.copyOf(complaints);
  }

  /// @param onTop what differs from a node's defaults
  /// @throws CannotStart when it cannot be read at all
  public static ScriptCheck of(Path file, Config onTop) {
    var text =
        switch (ScriptFile.read(file)) {
          case ScriptFile.Unreadable(var why) -> throw new CannotStart(file + ": " + why, null);
          case ScriptFile.Text(var read) -> read;
        };
    var any = PolicyLanguage.registry(_ -> true, Dispatcher.none());
    var script = ScriptReader.parse(file.toString(), text, any);
    var shown = new ArrayList<String>();
    var errors = judged(script, any, shown);
    if (errors == 0) {
      errors = startedWith(file, script, onTop, shown);
    }
    return new ScriptCheck(shown, errors, text.lines().count());
  }

  /// @param shown becomes what is said about it
  /// @return the number of errors
  private static int judged(ParsedScript script, Registry registry, List<String> shown) {
    var complaints =
        switch (script.judged(registry)) {
          case Outcome.Refused(var all) -> all;
          case Script good -> good.warnings();
        };
    shown.clear();
    complaints.forEach(complaint -> shown.add(complaint.shown()));
    return (int) complaints.stream().filter(Complaint::isError).count();
  }

  /// What only the configuration shows: a trace_id that nobody defines, a set that makes no sense.
  private static int startedWith(Path file, ParsedScript script, Config onTop, List<String> shown) {
    var path = ConfigValueFactory.fromAnyRef(file.toString());
    try {
      var config = NodeSettings.layered(onTop.withValue("sipscope.script.file", path));
      var policy = Policy.of(config, script);
      var settings = NodeSettings.from(policy.config());
      var registry = PolicyLanguage.registry(settings.tracing()::isDefined, policy.dispatcher());
      var errors = judged(script, registry, shown);
      policy.warnings().forEach(sentence -> shown.add(file + ": warning: " + sentence));
      return errors;
    } catch (BadScript bad) {
      shown.addAll(bad.errors());
      return bad.errors().size();
    } catch (BadSetting | ConfigException bad) {
      shown.add(file + ": error: " + bad.getMessage());
      return 1;
    }
  }
}
