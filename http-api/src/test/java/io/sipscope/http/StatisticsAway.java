package io.sipscope.http;

import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.persistence.statistics.Values;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/// Statistics that cannot be reset just now.
final class StatisticsAway implements ClusterStatistics {
  @Override
  public Values read() {
    return new Values(List.of(), 1);
  }

  @Override
  public OptionalLong value(StatisticName name) {
    return OptionalLong.empty();
  }

  @Override
  public Optional<StatisticName> named(String bare) {
    return Optional.empty();
  }

  @Override
  public Optional<Values> read(String node) {
    return Optional.empty();
  }

  @Override
  public CompletionStage<List<String>> reset(Collection<StatisticName> names) {
    return CompletableFuture.failedStage(new TimeoutException());
  }
}
