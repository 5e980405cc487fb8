package io.sipscope.persistence.statistics;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
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

/// One per node: publishes this node's counters to the others once a second, and knows theirs. A
/// tick of a counter is an addition in [Counters], never a message.
public final class Statistics extends AbstractMatchingBehavior<Statistics.Command> {
  public sealed interface Command {}

  /// Answered from what this node knows: its own values of now, the others' of a moment ago.
  public record Read(ActorRef<Cluster> replyTo) implements Command {}

  /// @param nodes by the node's address and incarnation
  public record Cluster(Map<String, Snapshot> nodes) {
    public Cluster {
      nodes = Map.copyOf(nodes);
    }

    /// Every value summed over the nodes.
    public SortedMap<StatisticName, Long> sums() {
      return Snapshot.sum(nodes);
    }
  }

  private enum Tick implements Command {
    TICK
  }

  private record Heard(SubscribeResponse<LWWMap<String, Snapshot>> news) implements Command {}

  private record Updated(UpdateResponse<LWWMap<String, Snapshot>> outcome) implements Command {}

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Key<LWWMap<String, Snapshot>> KEY = LWWMapKey.create("statistics");

  private final Counters counters;
  private final org.apache.pekko.cluster.typed.Cluster cluster;
  private final SelfUniqueAddress self;
  private final ReplicatorMessageAdapter<Command, LWWMap<String, Snapshot>> replicator;
  private Map<String, Snapshot> known = Map.of();

  public static Behavior<Command> create(Counters counters) {
    return Behaviors.setup(
        context ->
            DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, Snapshot>> replicator) ->
                    Behaviors.withTimers(
                        timers -> new Statistics(context, timers, replicator, counters))));
  }

  private Statistics(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ReplicatorMessageAdapter<Command, LWWMap<String, Snapshot>> replicator,
      Counters counters) {
    super(context);
    this.counters = counters;
    this.replicator = replicator;
    cluster = org.apache.pekko.cluster.typed.Cluster.get(context.getSystem());
    self = DistributedData.get(context.getSystem()).selfUniqueAddress();
    replicator.subscribe(KEY, Heard::new);
    timers.startTimerWithFixedDelay(Tick.TICK, INTERVAL);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Tick.TICK -> publish();
      case Read(var replyTo) -> replyTo.tell(new Cluster(values()));
      case Heard(Changed<LWWMap<String, Snapshot>> changed) ->
          known = Map.copyOf(changed.get(KEY).getEntries());
      case Heard _ -> {} // the key was never written: nothing is known yet
      case Updated _ -> {} // a local write; the next second writes it all anew
    }
    return this;
  }

  /// This node's part is written anew, and the parts of nodes that left are taken out. Any node
  /// may do so: taking out twice is taking out once.
  private void publish() {
    var snapshot = new Snapshot(counters.read());
    var gone = gone();
    replicator.askUpdate(
        replyTo ->
            new Update<>(
                KEY,
                LWWMap.create(),
                Replicator.writeLocal(),
                replyTo,
                map -> without(map, gone).put(self, self.uniqueAddress().toString(), snapshot)),
        Updated::new);
  }

  private LWWMap<String, Snapshot> without(LWWMap<String, Snapshot> map, Set<String> nodes) {
    var left = map;
    for (var node : nodes) {
      left = left.remove(self, node);
    }
    return left;
  }

  private Set<String> gone() {
    var members = members();
    return known.keySet().stream()
        .filter(node -> !members.contains(node))
        .collect(Collectors.toSet());
  }

  private Map<String, Snapshot> values() {
    var members = members();
    var values = new TreeMap<String, Snapshot>();
    known.forEach(
        (node, snapshot) -> {
          if (members.contains(node)) {
            values.put(node, snapshot);
          }
        });
    values.put(self.uniqueAddress().toString(), new Snapshot(counters.read()));
    return values;
  }

  private Set<String> members() {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .map(member -> member.uniqueAddress().toString())
        .collect(Collectors.toSet());
  }
}
