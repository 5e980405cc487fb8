package io.sipscope.bench;

import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.SeriesProfile;
import io.sipscope.persistence.statistics.StatisticsSettings;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Nanoseconds that counting costs: with a counter that is kept, as on the way of a packet; by
/// name, as the policy script does; and in a series.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StatisticUpdates {
  private static final SeriesProfile PROFILE =
      new SeriesProfile("mean", SeriesProfile.Algorithm.AVERAGE, "mean", 60, 60, 100);

  private LongAdder kept;
  private PolicyStatistics policy;

  @Setup
  public void aNode() {
    var counters = new Counters();
    kept = counters.counter("ingest", "received");
    policy =
        new PolicyStatistics(
            counters,
            ClusterStatistics.alone(counters),
            new StatisticsSettings(List.of(), Set.of("calls"), List.of(PROFILE)),
            System::currentTimeMillis);
    policy.update("calls:started", 1);
    policy.update("loose", 1);
    policy.updateSeries("mean", "size", 1);
  }

  @Benchmark
  public void keptCounter() {
    kept.increment();
  }

  @Benchmark
  public Object byName() {
    return policy.update("loose", 1);
  }

  @Benchmark
  public Object byGroupAndName() {
    return policy.update("calls:started", 1);
  }

  @Benchmark
  public Object inASeries() {
    return policy.updateSeries("mean", "size", 500);
  }

  @Benchmark
  public OptionalLong read() {
    return policy.read("loose");
  }
}
