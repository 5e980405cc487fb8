package io.sipscope.node;

import io.sipscope.http.live.Audience;
import io.sipscope.http.live.LiveFeed;
import io.sipscope.persistence.recording.Recorder;
import io.sipscope.persistence.recording.Recording;
import io.sipscope.persistence.recording.RecordingSettings;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.ReplicatedStatistics;
import io.sipscope.persistence.statistics.Slowness;
import io.sipscope.persistence.statistics.Statistics;
import io.sipscope.persistence.statistics.StatisticsSettings;
import io.sipscope.persistence.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// The first actor of a node. Opens the store and starts the actors there is one of; the dialogs
/// are started by their shards.
final class Guardian {
  /// An actor that failed starts again soon, and less soon each time.
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Clock CLOCK = Clock.systemUTC();

  /// The actors there is one of, and what they work with.
  record Staff(
      Store store,
      Counters counters,
      Audience audience,
      ReplicatedStatistics statistics,
      ActorRef<LiveFeed.Command> live,
      Recording recording,
      PolicyStatistics policy,
      Slowness slowness) {}

  private Guardian() {}

  /// @param started completed with the actors, or with why the store could not be opened
  static Behavior<Void> create(CompletableFuture<Staff> started) {
    return Behaviors.setup(
        context -> {
          try {
            started.complete(staff(context));
            return Behaviors.empty();
          } catch (RuntimeException storeIsAway) {
            started.completeExceptionally(storeIsAway);
            return Behaviors.stopped();
          }
        });
  }

  private static Staff staff(ActorContext<Void> context) {
    var counters = new Counters();
    var config = context.getSystem().settings().config();
    var policy = StatisticsSettings.from(config);
    var recorded = RecordingSettings.from(config);
    var slowness = new Slowness();
    var store = Store.open(context.getSystem(), counters, slowness);
    var audience = new Audience();
    var statistics =
        Statistics.start(
            context, counters, CLOCK::millis, (actor, name) -> spawn(context, actor, name));
    var recording = new Recording(store.samples(), recorded, store.choice());
    spawn(context, Recorder.create(recording, statistics, counters, CLOCK::millis), "recorder");
    return new Staff(
        store,
        counters,
        audience,
        statistics,
        spawn(context, LiveFeed.create(audience), "live-feed"),
        recording,
        new PolicyStatistics(counters, statistics, policy, CLOCK::millis),
        slowness);
  }

  private static <T> ActorRef<T> spawn(ActorContext<Void> context, Behavior<T> actor, String name) {
    return context.spawn(
        Behaviors.supervise(actor)
            .onFailure(
                SupervisorStrategy.restartWithBackoff(
                    FIRST_PAUSE, LONGEST_PAUSE, /* spread */ 0.2)),
        name);
  }
}
