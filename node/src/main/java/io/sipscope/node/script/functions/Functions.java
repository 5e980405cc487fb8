package io.sipscope.node.script.functions;

import io.sipscope.node.script.dispatcher.Dispatcher;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Every function that a script can call, by its name.
public final class Functions {
  private Functions() {}

  /// @param traceIds which trace_ids are configured
  /// @param dispatcher the sets that `ds_select_dst` chooses from
  public static Map<String, ScriptFunction> all(Predicate<String> traceIds, Dispatcher dispatcher) {
    return List.of(
            MessageFunctions.all(),
            TraceFunctions.all(traceIds),
            StatisticFunctions.all(),
            LogFunctions.all(),
            EventFunctions.all(),
            RestFunctions.all(),
            DispatcherFunctions.all(dispatcher))
        .stream()
        .flatMap(Collection::stream)
        .collect(Collectors.toUnmodifiableMap(ScriptFunction::name, Function.identity()));
  }
}
