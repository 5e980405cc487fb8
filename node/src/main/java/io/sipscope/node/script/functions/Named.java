package io.sipscope.node.script.functions;

import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.util.List;
import java.util.Set;

/// A function by what it is made of.
public record Named(String name, Set<String> modules, List<Parameter> parameters, Making making)
    implements ScriptFunction {
  @FunctionalInterface
  public interface Making {
    Call at(Arguments arguments) throws Unusable;
  }

  public static ScriptFunction of(
      String name, String module, List<Parameter> parameters, Making making) {
    return new Named(name, module.isEmpty() ? Set.of() : Set.of(module), parameters, making);
  }

  @Override
  public Call at(Arguments arguments) throws Unusable {
    return making.at(arguments);
  }
}
