package io.sipscope.node.script.grammar;

import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.FailedPredicateException;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;

/// Says what was wanted where a script cannot be understood, and reads on behind it.
final class Wanted extends DefaultErrorStrategy {
  private static final Map<Integer, String> RULES =
      Map.of(
          ScriptParser.RULE_file, "a route, loadmodule, modparam or a setting",
          ScriptParser.RULE_item, "a route, loadmodule, modparam or a setting",
          ScriptParser.RULE_route, "a route's statements in '{' '}'",
          ScriptParser.RULE_alternative, "'case', 'default' or '}'",
          ScriptParser.RULE_choice, "'case', 'default' or '}'",
          ScriptParser.RULE_constant, "a number or a string",
          ScriptParser.RULE_modvalue, "a string or a number",
          ScriptParser.RULE_routeName, "the name of a route");
  private static final List<Integer> STATEMENTS =
      List.of(ScriptParser.RULE_statement, ScriptParser.RULE_block, ScriptParser.RULE_body);

  /// More words than these are told by what they make together.
  private static final int LISTED = 3;

  private final Complaints complaints;

  Wanted(Complaints complaints) {
    this.complaints = complaints;
  }

  @Override
  protected void reportUnwantedToken(Parser parser) {
    if (!inErrorRecoveryMode(parser)) {
      beginErrorCondition(parser);
      complain(parser, parser.getCurrentToken());
    }
  }

  @Override
  protected void reportMissingToken(Parser parser) {
    reportUnwantedToken(parser);
  }

  @Override
  protected void reportInputMismatch(Parser parser, InputMismatchException failure) {
    complain(parser, failure.getOffendingToken());
  }

  @Override
  protected void reportNoViableAlternative(Parser parser, NoViableAltException failure) {
    complain(parser, failure.getOffendingToken());
  }

  @Override
  protected void reportFailedPredicate(Parser parser, FailedPredicateException failure) {
    complain(parser, failure.getOffendingToken());
  }

  private void complain(Parser parser, Token found) {
    if (complaints.isFull()) {
      throw new NestingParser.Ended();
    }
    var what = found.getType() == Token.EOF ? "the end" : "'" + shortened(found.getText()) + "'";
    complaints.error(
        Words.position(found),
        "found " + what + " where " + wanted(parser) + " is wanted" + longString(parser, found));
  }

  /// A string without an end goes on to the beginning of the next one: the error is seen there.
  private static String longString(Parser parser, Token found) {
    if (found.getTokenIndex() < 1) {
      return "";
    }
    var before = parser.getInputStream().get(found.getTokenIndex() - 1);
    return before.getType() == ScriptParser.STRING && before.getText().indexOf('\n') >= 0
        ? " (the string before it begins in line " + before.getLine() + ")"
        : "";
  }

  private static String wanted(Parser parser) {
    var expected = parser.getExpectedTokens();
    if (expected.size() <= LISTED) {
      var names = new StringBuilder();
      for (var type : expected.toList()) {
        names.append(names.isEmpty() ? "" : " or ").append(word(parser, type));
      }
      return names.toString();
    }
    var rule = parser.getContext().getRuleIndex();
    if (STATEMENTS.contains(rule)) {
      return "a statement or '}'";
    }
    if (RULES.containsKey(rule)) {
      return RULES.get(rule);
    }
    return expected.contains(ScriptParser.NUMBER)
        ? "a value"
        : expected.contains(ScriptParser.CLOSE) ? "an operator or ')'" : "an operator or ';'";
  }

  private static String word(Parser parser, int type) {
    return switch (type) {
      case Token.EOF -> "the end";
      case ScriptParser.STRING -> "a string";
      case ScriptParser.NUMBER -> "a number";
      case ScriptParser.NAME -> "a name";
      case ScriptParser.VARIABLE -> "a pseudo-variable";
      case ScriptParser.ASSIGN -> "'='";
      case ScriptParser.ROUTE -> "'route'";
      default -> parser.getVocabulary().getDisplayName(type);
    };
  }

  private static String shortened(String text) {
    var line = text.lines().findFirst().orElse("");
    return line.length() > 40 ? line.substring(0, 40) + "..." : line;
  }
}
