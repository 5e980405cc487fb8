package io.sipscope.persistence.statistics;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator.Changed;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator.SubscribeResponse;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator.Update;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator.UpdateResponse;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

/// One per node: publishes this node's statistics to the others once a second, hears theirs, and
/// resets. A tick of a counter is an addition in [Counters], never a message, and reading is none
/// either ([ReplicatedStatistics]).
///
/// A reset is told to every node by a message, and each begins its counters at 0 before it
/// confirms. A node that was not reached hears of it with the parts of the others.
public final class Statistics extends AbstractMatchingBehavior<Statistics.Command> {
  public sealed interface Command {}

  /// Lets counters begin at 0 again on all nodes.
  record Reset(Set<StatisticName> names, ActorRef<WasReset> replyTo) implements Command {
    Reset {
      names = Set.copyOf(names);
    }
  }

  /// @param missing addresses of nodes that did not confirm
  record WasReset(List<String> missing) {}

  /// Publishes now, and answers when all nodes have it or had their time.
  record Publish(ActorRef<Done> replyTo) implements Command {}

  /// Sent to every node: the one reset of this number.
  record ResetHere(Set<StatisticName> names, long number, ActorRef<Command> replyTo)
      implements Command {
    ResetHere {
      names = Set.copyOf(names);
    }
  }

  /// @param node by its address
  record Confirmed(long number, String node) implements Command {}

  private enum Tick implements Command {
    TICK
  }

  private record Late(long number) implements Command {}

  private record Heard(SubscribeResponse<LWWMap<String, Part>> news) implements Command {}

  private record Updated(UpdateResponse<LWWMap<String, Part>> outcome) implements Command {}

  private record LastUpdated(UpdateResponse<LWWMap<String, Part>> outcome, ActorRef<Done> replyTo)
      implements Command {}

  /// How long the other nodes have to confirm a reset, or to hear the last of a node that stops.
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Key<LWWMap<String, Part>> KEY = LWWMapKey.create("statistics-parts");

  /// A reset that waits to be confirmed.
  private record Pending(Set<String> missing, ActorRef<WasReset> replyTo) {}

  private final Counters counters;
  private final KnownParts known;
  private final LongSupplier clock;
  private final long startedAt;
  private final TimerScheduler<Command> timers;
  private final SelfUniqueAddress self;
  private final ReplicatorMessageAdapter<Command, LWWMap<String, Part>> replicator;
  private final Departures departures = new Departures();
  private final Map<Long, Pending> pending = new HashMap<>();

  /// Starts it, and answers what others use.
  ///
  /// @param clock milliseconds since the epoch
  public static ReplicatedStatistics start(
      ActorContext<?> context, Counters counters, LongSupplier clock, Starting starting) {
    var known = new KnownParts(context.getSystem(), counters);
    var actor = starting.start(create(counters, known, clock), "statistics");
    return new ReplicatedStatistics(context.getSystem(), counters, known, actor);
  }

  /// How its actor is started.
  public interface Starting {
    ActorRef<Command> start(Behavior<Command> actor, String name);
  }

  private static Behavior<Command> create(Counters counters, KnownParts known, LongSupplier clock) {
    long startedAt = clock.getAsLong();
    return Behaviors.setup(
        context ->
            DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, Part>> replicator) ->
                    Behaviors.withTimers(
                        timers ->
                            new Statistics(
                                context, timers, replicator, counters, known, clock, startedAt))));
  }

  private Statistics(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ReplicatorMessageAdapter<Command, LWWMap<String, Part>> replicator,
      Counters counters,
      KnownParts known,
      LongSupplier clock,
      long startedAt) {
    super(context);
    this.timers = timers;
    this.replicator = replicator;
    this.counters = counters;
    this.known = known;
    this.clock = clock;
    this.startedAt = startedAt;
    self = DistributedData.get(context.getSystem()).selfUniqueAddress();
    replicator.subscribe(KEY, Heard::new);
    timers.startTimerWithFixedDelay(Tick.TICK, INTERVAL);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Tick.TICK -> publish(Replicator.writeLocal(), Updated::new);
      case Publish(var replyTo) ->
          publish(new Replicator.WriteAll(PATIENCE), outcome -> new LastUpdated(outcome, replyTo));
      case Heard(Changed<LWWMap<String, Part>> changed) -> heard(changed.get(KEY).getEntries());
      case Heard _ -> {} // the key was never written: nothing is known yet
      case Updated _ -> {} // a local write; the next second writes it all anew
      case LastUpdated(var _, var replyTo) -> replyTo.tell(Done.getInstance());
      case Reset reset -> reset(reset);
      case ResetHere(var names, var number, var replyTo) -> {
        resetHere(names, number);
        replyTo.tell(new Confirmed(number, selfAddress()));
      }
      case Confirmed(var number, var node) -> confirmed(number, node);
      case Late(var number) -> answer(number);
    }
    return this;
  }

  private String selfAddress() {
    return known.cluster().selfMember().address().toString();
  }

  private void heard(Map<String, Part> parts) {
    known.heard(parts);
    known
        .parts()
        .latestResets()
        .forEach((name, number) -> counters.reset(name, number, number < startedAt));
  }

  private interface Outcome {
    Command of(UpdateResponse<LWWMap<String, Part>> outcome);
  }

  /// This node's part is written anew; one node does what is due of those that left.
  private void publish(Replicator.WriteConsistency consistency, Outcome outcome) {
    var parts = known.parts();
    var due = departures.look(parts, clock.getAsLong());
    boolean tidies = isInCharge() && !due.isNothing();
    var own = parts.byNode().get(parts.self());
    replicator.askUpdate(
        replyTo ->
            new Update<>(
                KEY,
                LWWMap.create(),
                consistency,
                replyTo,
                map -> {
                  var written = map.put(self, parts.self(), own);
                  return tidies ? tidied(written, parts, due) : written;
                }),
        outcome::of);
  }

  /// The leader, while all nodes hear of each other.
  private boolean isInCharge() {
    var state = known.cluster().state();
    return state.getUnreachable().isEmpty()
        && known.cluster().selfMember().address().equals(state.getLeader());
  }

  private LWWMap<String, Part> tidied(LWWMap<String, Part> map, Parts parts, Departures.Due due) {
    var now = new Parts(parts.self(), parts.members(), map.getEntries(), counters);
    var tidied = map.put(self, Parts.LEFT, now.left(due.take()).forgetting(due.drop()::contains));
    for (var node : due.drop()) {
      tidied = tidied.remove(self, node);
    }
    return tidied;
  }

  private void reset(Reset reset) {
    long number = clock.getAsLong();
    for (var latest : known.parts().latestResets().values()) {
      number = Math.max(number, latest + 1);
    }
    resetHere(reset.names(), number);
    var all = new ResetHere(reset.names(), number, getContext().getSelf());
    var missing = new HashSet<String>();
    boolean anyReachable = false;
    for (var member : known.cluster().state().getMembers()) {
      if (!member.address().equals(known.cluster().selfMember().address())) {
        missing.add(member.address().toString());
        anyReachable |= !known.cluster().state().getUnreachable().contains(member);
        tell(member, all);
      }
    }
    pending.put(number, new Pending(missing, reset.replyTo()));
    if (anyReachable) {
      timers.startSingleTimer(number, new Late(number), PATIENCE);
    } else {
      answer(number);
    }
  }

  /// Its actor has the same path on every node.
  private void tell(Member member, ResetHere reset) {
    var path = getContext().getSelf().path().toStringWithoutAddress();
    getContext()
        .getSystem()
        .classicSystem()
        .actorSelection(member.address() + path)
        .tell(reset, org.apache.pekko.actor.ActorRef.noSender());
  }

  private void resetHere(Set<StatisticName> names, long number) {
    names.forEach(name -> counters.reset(name, number, /* sinceStart */ false));
  }

  private void confirmed(long number, String node) {
    var waiting = pending.get(number);
    if (waiting != null && waiting.missing().remove(node) && waiting.missing().isEmpty()) {
      answer(number);
    }
  }

  private void answer(long number) {
    timers.cancel(number);
    var waiting = pending.remove(number);
    if (waiting != null) {
      waiting.replyTo().tell(new WasReset(waiting.missing().stream().sorted().toList()));
    }
  }
}
