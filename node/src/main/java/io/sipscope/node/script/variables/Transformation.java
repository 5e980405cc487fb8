package io.sipscope.node.script.variables;

import io.sipscope.node.script.value.Value;
import java.util.List;

/// A transformation by its name, `s.substr` of `$(fU{s.substr,0,3})`.
@FunctionalInterface
public interface Transformation {
  /// Never throws; null when it makes no sense.
  ///
  /// @param arguments what stands behind the name, between commas
  Value of(Value value, List<Value> arguments);
}
