package io.sipscope.node.script.grammar;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/// What the grammar asks that no rule can say.
abstract class NestingParser extends Parser {
  /// Rules in each other: some 100 parentheses or blocks. Each needs the stack.
  private static final int DEEPEST = 1_500;

  /// Words of one setting: `auto_scaling_profile`, the longest there is, has some 30.
  private static final int LONGEST_SETTING = 200;

  private int depth;

  NestingParser(TokenStream input) {
    super(input);
  }

  /// It is nested too deep to be read on.
  static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1;
    final transient Token at;

    TooDeep(Token at) {
      super("nested too deep", null, false, false);
      this.at = at;
    }
  }

  /// It has so many errors that reading on tells nothing.
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    Ended() {
      super("too many errors", null, false, false);
    }
  }

  @Override
  public void enterRule(ParserRuleContext context, int state, int rule) {
    super.enterRule(context, state, rule);
    if (++depth > DEEPEST) {
      throw new TooDeep(getCurrentToken());
    }
  }

  @Override
  public void exitRule() {
    depth--;
    super.exitRule();
  }

  /// Whether the value of a setting goes on: to the end of the line, or with a `scale`.
  final boolean isSameLine() {
    var last = _input.LT(-1);
    var next = _input.LT(1);
    return last != null
        && setting().getChildCount() < LONGEST_SETTING
        && (last.getLine() == next.getLine()
            || (next.getText().equals("scale") && last.getLine() + 1 == next.getLine()));
  }

  private ParserRuleContext setting() {
    return _ctx instanceof ScriptParser.GlobalContext || _ctx.getParent() == null
        ? _ctx
        : _ctx.getParent();
  }
}
