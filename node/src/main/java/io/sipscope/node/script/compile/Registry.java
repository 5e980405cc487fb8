package io.sipscope.node.script.compile;

import io.sipscope.node.script.functions.ScriptFunction;
import io.sipscope.node.script.variables.Transformation;
import io.sipscope.node.script.variables.VariableKind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a script can name, by name.
public record Registry(
    Map<String, VariableKind> variables,
    Map<String, ScriptFunction> functions,
    Map<String, Transformation> transformations) {
  public Registry {
    variables = Map.copyOf(variables);
    functions = Map.copyOf(functions);
    transformations = Map.copyOf(transformations);
  }

  /// All modules that have a function here.
  Set<String> modules() {
    return functions.values().stream()
        .flatMap(function -> function.modules().stream())
        .collect(Collectors.toSet());
  }
}
