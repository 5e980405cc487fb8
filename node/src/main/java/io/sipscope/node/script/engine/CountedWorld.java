package io.sipscope.node.script.engine;

import io.sipscope.node.script.run.World;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.PolicyStatistics.Outcome;
import io.sipscope.persistence.statistics.StatisticIterator;
import java.util.OptionalLong;

/// A world in which what a script counts is counted.
public interface CountedWorld extends World {
  /// Where it is.
  PolicyStatistics counted();

  @Override
  default Outcome update(String statistic, long by) {
    return counted().update(statistic, by);
  }

  @Override
  default Outcome reset(String statistic) {
    return counted().reset(statistic);
  }

  @Override
  default Outcome take(String statistic, long read) {
    return counted().take(statistic, read);
  }

  @Override
  default Outcome updateSeries(String profile, String name, int value) {
    return counted().updateSeries(profile, name, value);
  }

  @Override
  default OptionalLong statistic(String name) {
    return counted().read(name);
  }

  @Override
  default StatisticIterator iterate(String group) {
    return counted().iterate(group);
  }
}
