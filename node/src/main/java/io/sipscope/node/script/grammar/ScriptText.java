package io.sipscope.node.script.grammar;

import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.tree.ScriptTree;
import java.util.Optional;
import java.util.function.Predicate;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.atn.PredictionMode;

/// From the text of a script to its tree.
public final class ScriptText {
  private ScriptText() {}

  /// @param isKnown whether there is a pseudo-variable of that name
  /// @return as far as it can be understood: a route with an error in it has no statements; empty
  ///     when nothing can. There are errors among the complaints then
  public static Optional<ScriptTree> tree(
      String fileName,
      String text,
      Includes includes,
      Complaints complaints,
      Predicate<String> isKnown) {
    if (text.length() > Words.LARGEST) {
      complaints.error(
          new Position(fileName, 1, 1, 2),
          "the script has "
              + text.length()
              + " characters, and at most "
              + Words.LARGEST
              + " are wanted");
      return Optional.empty();
    }
    var words = new Words(complaints, includes);
    var all = words.of(fileName, text);
    if (words.isBroken()) {
      return Optional.empty();
    }
    var stream = new CommonTokenStream(new ListTokenSource(all, fileName));
    var parser = new ScriptParser(stream);
    // A word or two decide everywhere; how a rule was come by never matters.
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    parser.removeErrorListeners();
    parser.setErrorHandler(new Wanted(complaints));
    try {
      return Optional.of(new TreeBuilder(complaints, isKnown, stream).build(parser.file()));
    } catch (NestingParser.Ended _) {
      return Optional.empty();
    } catch (NestingParser.TooDeep deep) {
      complaints.error(Words.position(deep.at), "this is nested too deep");
      return Optional.empty();
    }
  }
}
