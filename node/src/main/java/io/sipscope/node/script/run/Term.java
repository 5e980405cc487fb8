package io.sipscope.node.script.run;

import io.sipscope.node.script.value.Value;

/// What can be read while a route runs: a pseudo-variable, a literal, an expression. It never
/// throws; what is missing is [Value.Missing#NULL].
@FunctionalInterface
public interface Term {
  Value read(Run run);
}
