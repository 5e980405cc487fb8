package io.sipscope.bench;

import io.sipscope.node.script.engine.CountedWorld;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.value.Value;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.StatisticsSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// A script's world in which counting is real, and all else is not.
final class CountingWorld implements CountedWorld {
  private final Map<String, Value> shared = new ConcurrentHashMap<>();
  private final PolicyStatistics statistics;

  CountingWorld() {
    var counters = new Counters();
    statistics =
        new PolicyStatistics(
            counters,
            ClusterStatistics.alone(counters),
            new StatisticsSettings(List.of(), Set.of("method", "packet"), List.of()),
            System::currentTimeMillis);
  }

  @Override
  public PolicyStatistics counted() {
    return statistics;
  }

  @Override
  public void log(int level, String line, Run run) {
    // Writing lines is not what is measured.
  }

  @Override
  public boolean raise(Event event) {
    return true;
  }

  @Override
  public boolean relay(Subject subject, String destination) {
    return true;
  }

  @Override
  public CompletionStage<Response> ask(Request request) {
    return CompletableFuture.completedFuture(new Response(200, "", "", ""));
  }

  @Override
  public boolean mayWait() {
    return false;
  }

  @Override
  public Map<String, Value> shared() {
    return shared;
  }

  @Override
  public long now() {
    return System.currentTimeMillis() * 1_000_000;
  }
}
