package io.sipscope.node.script.run;

import io.sipscope.node.script.value.Value;
import java.util.function.UnaryOperator;

/// A text with pseudo-variables in it.
public interface Composed extends Term {
  /// Reads it with what the variables say changed, and the words around them as they are.
  Value read(Run run, UnaryOperator<String> change);
}
