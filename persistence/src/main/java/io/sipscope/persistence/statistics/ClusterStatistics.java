package io.sipscope.persistence.statistics;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The statistics of all nodes together: what every module that reads or resets them uses. What is
/// read of other nodes is about a second old; nothing waits.
public interface ClusterStatistics {

  Values read();

  /// One of them; empty when no node has it.
  OptionalLong value(StatisticName name);

  /// The first statistic of a bare name, upper and lower case being the same.
  Optional<StatisticName> named(String bare);

  /// Those of one node alone.
  ///
  /// @param node its address as `/api/cluster` shows it, with or without `pekko://sipscope@`
  /// @return empty when there is no such node
  Optional<Values> read(String node);

  /// Lets counters begin at 0 again, on all nodes; what is no counter stays as it is. When it
  /// completes, no node shows what was before.
  ///
  /// @return the addresses of nodes that did not confirm in time: they follow when they are back,
  ///     and what they counted until then is lost
  CompletionStage<List<String>> reset(Collection<StatisticName> names);

  /// Of this node alone, which is in no cluster.
  static ClusterStatistics alone(Counters counters) {
    return new ClusterStatistics() {
      private Parts parts(Part own) {
        return new Parts("", Set.of(""), Map.of("", own), counters);
      }

      @Override
      public Values read() {
        return parts(counters.part()).values();
      }

      @Override
      public OptionalLong value(StatisticName name) {
        return parts(counters.part(name))
            .value(name)
            .map(OptionalLong::of)
            .orElseGet(OptionalLong::empty);
      }

      @Override
      public Optional<StatisticName> named(String bare) {
        return counters.named(bare);
      }

      @Override
      public Optional<Values> read(String node) {
        return Optional.empty();
      }

      @Override
      public CompletionStage<List<String>> reset(Collection<StatisticName> names) {
        for (var name : names) {
          if (counters.describe(name).kind().isResettable()) {
            long next = counters.baselines().getOrDefault(name, Baseline.NEVER).number() + 1;
            counters.reset(name, next, false);
          }
        }
        return CompletableFuture.completedStage(List.of());
      }
    };
  }
}
