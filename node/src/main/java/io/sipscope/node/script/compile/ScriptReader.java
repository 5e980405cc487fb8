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
    return parse(fileName, text, registry, includes).judged(registry);
  }

  /// A file, as far as its grammar goes.
  public static ParsedScript parse(String fileName, String text, Registry registry) {
    return parse(fileName, text, registry, Includes.files());
  }

  /// The same of a text.
  ///
  /// @param registry the variables that there are
  public static ParsedScript parse(
      String fileName, String text, Registry registry, Includes includes) {
    var complaints = new Complaints();
    var tree =
        ScriptText.tree(fileName, text, includes, complaints, name -> isKnown(name, registry));
    return new ParsedScript(fileName, text, tree, complaints);
  }

  private static boolean isKnown(String variable, Registry registry) {
    return registry.variables().containsKey(variable)
        || Elsewhere.OPENSIPS.variables().contains(variable);
  }
}
