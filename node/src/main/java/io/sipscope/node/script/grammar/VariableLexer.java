package io.sipscope.node.script.grammar;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;

/// Takes what stands behind a `$`: the parentheses of a pseudo-variable nest to any depth, and are
/// counted here, since a recursive rule would need a stack for them.
abstract class VariableLexer extends Lexer {
  VariableLexer(CharStream input) {
    super(input);
  }

  /// Called behind the `$`.
  final void variable() {
    if (next() != '(') {
      while (TextReader.isNamePart(next())) {
        take();
      }
    }
    if (next() == '(') {
      parentheses();
    }
  }

  /// To the closing one, or to the end of the line when there is none.
  private void parentheses() {
    var depth = 0;
    do {
      var character = next();
      if (character == '(') {
        depth++;
      } else if (character == ')') {
        depth--;
      }
      take();
    } while (depth > 0 && next() != CharStream.EOF && next() != '\n');
  }

  private int next() {
    return _input.LA(1);
  }

  private void take() {
    getInterpreter().consume(_input);
  }
}
