package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Term;

/// A pseudo-variable with parentheses: `$hdr(x)`.
record Inside(String name, Inner inner, Making making) implements VariableKind {
  @FunctionalInterface
  interface Making {
    Term at(Argument argument) throws Unusable;
  }

  static Inside of(String name, Making making) {
    return new Inside(name, Inner.REQUIRED, making);
  }

  @Override
  public Term at(Argument argument) throws Unusable {
    return making.at(argument);
  }
}
