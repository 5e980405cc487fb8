package io.sipscope.persistence.recording;

import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/// One per node, of which that of the oldest node of the cluster keeps a sample of the chosen
/// statistics each interval, and deletes what was kept long enough. One write is under way at most:
/// a store that is slow or away costs samples, which are counted and are missing in the record.
///
/// Counts, in group `statistics`: `samples_written`, `samples_lost`.
public final class Recorder extends AbstractMatchingBehavior<Recorder.Command> {
  public sealed interface Command {}

  private enum Due implements Command {
    SAMPLE,
    FORGETTING
  }

  private enum Ended implements Command {
    WRITTEN,
    FORGOTTEN
  }

  private record Chosen(List<String> names) implements Command {}

  private record Failed(Throwable why) implements Command {}

  /// Little is deleted each time.
  private static final Duration FORGETS_EVERY = Duration.ofMinutes(10);

  private final Recording recording;
  private final ClusterStatistics statistics;
  private final LongSupplier clock;
  private final Cluster cluster;
  private final LongAdder written;
  private final LongAdder lost;
  private boolean underWay;
  private boolean failing;

  /// @param clock milliseconds since the epoch
  public static Behavior<Command> create(
      Recording recording, ClusterStatistics statistics, Counters counters, LongSupplier clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Recorder(context, timers, recording, statistics, counters, clock)));
  }

  private Recorder(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Recording recording,
      ClusterStatistics statistics,
      Counters counters,
      LongSupplier clock) {
    super(context);
    this.recording = recording;
    this.statistics = statistics;
    this.clock = clock;
    cluster = Cluster.get(context.getSystem());
    written = counters.counter("statistics", "samples_written");
    lost = counters.counter("statistics", "samples_lost");
    var interval = recording.settings().interval();
    long first = interval.toMillis() - clock.getAsLong() % interval.toMillis();
    timers.startTimerAtFixedRate(Due.SAMPLE, Due.SAMPLE, Duration.ofMillis(first), interval);
    timers.startTimerWithFixedDelay(Due.FORGETTING, Due.FORGETTING, FORGETS_EVERY);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Due.SAMPLE -> sample();
      case Due.FORGETTING -> forget();
      case Chosen(var names) -> write(names);
      case Ended.WRITTEN -> {
        underWay = false;
        failing = false;
        written.increment();
      }
      case Failed(var why) -> {
        underWay = false;
        lost.increment();
        if (!failing) {
          failing = true;
          getContext().getLog().warn("statistics are not recorded just now: {}", why.toString());
        }
      }
      case Ended.FORGOTTEN -> {}
    }
    return this;
  }

  private void sample() {
    if (!isOldest()) {
      return;
    }
    if (underWay) {
      lost.increment();
      return;
    }
    underWay = true;
    getContext()
        .pipeToSelf(
            recording.names(),
            (names, failure) -> failure == null ? new Chosen(names) : new Failed(failure));
  }

  /// What is to be recorded is asked for each time: it may have been chosen on any node.
  private void write(List<String> names) {
    long interval = recording.settings().interval().toMillis();
    var sample = taken(names, clock.getAsLong() / interval * interval);
    if (sample.values().isEmpty()) {
      underWay = false;
    } else {
      getContext()
          .pipeToSelf(
              recording.samples().append(sample).thenApply(_ -> Done.getInstance()), this::ended);
    }
  }

  private Sample taken(List<String> names, long time) {
    var values = statistics.read();
    var chosen = new TreeMap<StatisticName, Long>();
    for (var name : names) {
      values.selected(name).forEach(reading -> chosen.put(reading.name(), reading.value()));
    }
    return new Sample(time, chosen);
  }

  private Command ended(Done done, Throwable failure) {
    return failure == null ? Ended.WRITTEN : new Failed(failure);
  }

  private void forget() {
    if (isOldest()) {
      long before = clock.getAsLong() - recording.settings().keep().toMillis();
      getContext()
          .pipeToSelf(
              recording.samples().forget(before).thenApply(_ -> Done.getInstance()),
              (_, _) -> Ended.FORGOTTEN);
    }
  }

  /// Whether this node is the member that was up first: one is.
  private boolean isOldest() {
    var self = cluster.selfMember();
    if (!self.status().equals(MemberStatus.up())) {
      return false;
    }
    for (Member other : cluster.state().getMembers()) {
      if (other.status().equals(MemberStatus.up()) && other.isOlderThan(self)) {
        return false;
      }
    }
    return true;
  }
}
