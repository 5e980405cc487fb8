package io.sipscope.node.sources;

import io.sipscope.http.agents.SourceState;
import io.sipscope.http.agents.SourceState.Condition;
import io.sipscope.persistence.statistics.Counters;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// What all sources of a kind brought, and how many of them are up, as statistics.
final class SourceStatistics {
  private static final String GROUP = "sources";
  private static final List<String> KINDS = List.of("live", "redis", "ami");

  private SourceStatistics() {}

  static void register(Counters counters, Supplier<List<SourceState>> states) {
    for (var kind : KINDS) {
      gauge(counters, states, kind, "received", SourceState::received);
      gauge(counters, states, kind, "malformed", SourceState::malformed);
      gauge(counters, states, kind, "dropped", SourceState::dropped);
      gauge(counters, states, kind, "up", state -> state.condition() == Condition.UP ? 1 : 0);
    }
  }

  private static void gauge(
      Counters counters,
      Supplier<List<SourceState>> states,
      String kind,
      String what,
      ToLongFunction<SourceState> value) {
    counters.gauge(
        GROUP,
        kind + '_' + what,
        () ->
            states.get().stream()
                .filter(state -> state.kind().equals(kind))
                .mapToLong(value)
                .sum());
  }
}
