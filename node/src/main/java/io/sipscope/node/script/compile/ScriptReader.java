package io.sipscope.node.script.compile;

import io.sipscope.node.script.grammar.Complaints;
import io.sipscope.node.script.grammar.Includes;
import io.sipscope.node.script.grammar.ScriptText;

/// Reads a script and says whether it can run.
public final class ScriptReader {
  private ScriptReader() {}

  /// A file: it may include others.
  public static Outcome read(String fileName, String text, Registry registry) {
    return read(fileName, text, registry, Includes.files());
  }

  /// Never throws, whatever the text is.
  ///
  /// @param includes [Includes#none] for a text that came over the network
  public static Outcome read(String fileName, String text, Registry registry, Includes includes) {
    var complaints = new Complaints();
    var tree =
        ScriptText.tree(fileName, text, includes, complaints, name -> isKnown(name, registry));
    tree.ifPresent(whole -> ProgramBuilder.check(whole, registry, complaints));
    return tree.isEmpty() || complaints.hasErrors()
        ? new Outcome.Refused(complaints.all())
        : new Script(fileName, text, tree.get(), registry, complaints.all());
  }

  private static boolean isKnown(String variable, Registry registry) {
    return registry.variables().containsKey(variable)
        || Elsewhere.OPENSIPS.variables().contains(variable);
  }
}
