package io.sipscope.node.script.variables;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Every pseudo-variable there is, by its name.
public final class Variables {
  private static final Map<String, VariableKind> ALL =
      List.of(
              MessageVariables.all(),
              PartyVariables.all(),
              HeaderVariables.all(),
              CaptureVariables.all(),
              TimeVariables.all(),
              StateVariables.all(),
              AvpVariable.all(),
              JsonVariables.all(),
              SdpVariables.all())
          .stream()
          .flatMap(Collection::stream)
          .collect(Collectors.toUnmodifiableMap(VariableKind::name, Function.identity()));

  private Variables() {}

  public static Map<String, VariableKind> all() {
    return ALL;
  }
}
