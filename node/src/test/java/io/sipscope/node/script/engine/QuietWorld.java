package io.sipscope.node.script.engine;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.run.World;
import io.sipscope.node.script.value.Value;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.statistics.PolicyStatistics.Outcome;
import io.sipscope.persistence.statistics.PolicyStatistics.Refused;
import io.sipscope.persistence.statistics.StatisticIterator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A world in which nothing can be done.
final class QuietWorld implements World {
  private static final Outcome REFUSED = new Refused("nothing is counted here");

  private final Map<String, Value> shared = new HashMap<>();

  @Override
  public Outcome update(String statistic, long by) {
    return REFUSED;
  }

  @Override
  public Outcome reset(String statistic) {
    return REFUSED;
  }

  @Override
  public Outcome updateSeries(String profile, String name, int value) {
    return REFUSED;
  }

  @Override
  public OptionalLong statistic(String name) {
    return OptionalLong.empty();
  }

  @Override
  public StatisticIterator iterate(String group) {
    throw new AssertionError("no statistics here");
  }

  @Override
  public void log(int level, String line, Run run) {}

  @Override
  public boolean raise(Event event) {
    return false;
  }

  @Override
  public boolean relay(Subject subject, String destination) {
    return false;
  }

  @Override
  public CompletionStage<Response> ask(Request request) {
    return CompletableFuture.completedStage(new Response(0, "", "", "nobody is asked here"));
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
    return 0;
  }
}
