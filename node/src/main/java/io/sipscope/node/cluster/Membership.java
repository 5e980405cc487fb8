package io.sipscope.node.cluster;

import io.sipscope.http.cluster.ClusterView;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Reading;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.persistence.statistics.Values;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.GetClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;

/// This node among the others.
public final class Membership {
  /// How long the other nodes have to tell of their shards, before they count as silent.
  private static final Duration SHARDS_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration ASK_TIMEOUT = SHARDS_TIMEOUT.plusSeconds(1);

  /// Members that do their part: those that are about to leave, too.
  private static final Set<MemberStatus> HOLDING =
      Set.of(MemberStatus.up(), MemberStatus.leaving());

  private final ActorSystem<?> system;
  private final Cluster cluster;
  private final ClusterStatistics statistics;

  public Membership(ActorSystem<?> system, ClusterStatistics statistics) {
    this.system = system;
    this.cluster = Cluster.get(system);
    this.statistics = statistics;
  }

  /// Joins the nodes it was told of, or founds a cluster of one. A node that is to join itself
  /// first in the list founds the cluster when none of the others answers.
  public void join(ClusterSettings settings) {
    var self = cluster.selfMember().address();
    var seeds =
        settings.seedNodes().isEmpty()
            ? List.of(self)
            : settings.seedNodes().stream()
                .map(seed -> new Address("pekko", system.name(), seed.host(), seed.port()))
                .toList();
    cluster.manager().tell(new JoinSeedNodes(seeds));
  }

  /// Runs something once this node is a member, if it is the first.
  public void onFounding(Runnable what) {
    org.apache.pekko.cluster.Cluster.get(system)
        .registerOnMemberUp(
            () -> {
              long others =
                  StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                      .filter(member -> !member.address().equals(self()))
                      .count();
              if (others == 0) {
                what.run();
              }
            });
  }

  public Address self() {
    return cluster.selfMember().address();
  }

  public boolean isUp() {
    return cluster.selfMember().status().equals(MemberStatus.up());
  }

  /// Whether this node has been a member for longer than any other, one that cannot be reached
  /// just now included: it may do its part all the same.
  public boolean isOldest() {
    var self = cluster.selfMember();
    return isUp()
        && StreamSupport.stream(cluster.state().getMembers().spliterator(), /* parallel */ false)
            .filter(member -> HOLDING.contains(member.status()))
            .noneMatch(member -> !member.equals(self) && member.isOlderThan(self));
  }

  /// How the members are, this one included. One that is about to leave is one still.
  public Peers peers() {
    var state = cluster.state();
    var unreachable = state.getUnreachable();
    var conditions = new HashMap<String, Peers.Condition>();
    var younger = new HashSet<String>();
    boolean isSpeaker = isUp();
    var self = cluster.selfMember();
    for (var member : state.getMembers()) {
      if (HOLDING.contains(member.status())) {
        boolean isReached = !unreachable.contains(member);
        var address = member.address().toString();
        conditions.put(address, isReached ? Peers.Condition.UP : Peers.Condition.UNREACHABLE);
        if (self.isOlderThan(member)) {
          younger.add(address);
        }
        isSpeaker &= !isReached || member.equals(self) || !member.isOlderThan(self);
      }
    }
    return new Peers(isUp(), isSpeaker, conditions, younger);
  }

  /// The node of each shard of dialogs, as far as they tell.
  public CompletionStage<Map<String, String>> shardHomes() {
    return shards()
        .thenApply(
            regions -> {
              var homes = new HashMap<String, String>();
              regions.forEach(
                  (node, region) ->
                      region
                          .getStats()
                          .keySet()
                          .forEach(shard -> homes.put(shard, node.toString())));
              return homes;
            });
  }

  public CompletionStage<ClusterView> view() {
    return shards().thenApply(this::view);
  }

  private CompletionStage<Map<Address, ShardRegion.ShardRegionStats>> shards() {
    return AskPattern
        .<org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery,
            ShardRegion.ClusterShardingStats>
            ask(
                ClusterSharding.get(system).shardState(),
                replyTo -> new GetClusterShardingStats(Dialog.KEY, SHARDS_TIMEOUT, replyTo),
                ASK_TIMEOUT,
                system.scheduler())
        .thenApply(ShardRegion.ClusterShardingStats::getRegions);
  }

  private ClusterView view(Map<Address, ShardRegion.ShardRegionStats> shards) {
    var state = cluster.state();
    var leader = state.getLeader();
    var members =
        StreamSupport.stream(state.getMembers().spliterator(), false)
            .sorted(Comparator.comparing(member -> member.address().toString()))
            .map(
                member ->
                    node(
                        member,
                        !state.getUnreachable().contains(member),
                        shards.get(member.address()),
                        statistics.read(member.address().toString())))
            .toList();
    return new ClusterView(
        self().toString(), leader == null ? "" : leader.toString(), shardCount(), members);
  }

  private int shardCount() {
    return system.settings().config().getInt("pekko.cluster.sharding.number-of-shards");
  }

  private static Map<String, Integer> dialogs(ShardRegion.ShardRegionStats shards) {
    var dialogs = new HashMap<String, Integer>();
    shards.getStats().forEach((shard, count) -> dialogs.put(shard, (Integer) count));
    return dialogs;
  }

  private static ClusterView.Node node(
      Member member,
      boolean reachable,
      ShardRegion.ShardRegionStats shards,
      Optional<Values> told) {
    var values = told.filter(known -> !known.readings().isEmpty());
    return new ClusterView.Node(
        member.address().toString(),
        member.getRoles().stream().sorted().toList(),
        member.status().toString().toLowerCase(Locale.ROOT),
        reachable,
        shards == null ? -1 : shards.getStats().size(),
        shards == null
            ? -1
            : shards.getStats().values().stream().mapToInt(Integer.class::cast).sum(),
        shards == null ? Map.of() : dialogs(shards),
        values.map(Membership::ingest).orElse(ClusterView.Ingest.UNKNOWN),
        values.map(Membership::vitals).orElse(ClusterView.Vitals.UNKNOWN));
  }

  private static ClusterView.Ingest ingest(Values values) {
    return new ClusterView.Ingest(
        value(values, "ingest", "rate"),
        value(values, "ingest", "received"),
        value(values, "ingest", "persisted"),
        value(values, "ingest", "in_flight"),
        value(values, "ingest", "lag_ms"));
  }

  private static ClusterView.Vitals vitals(Values values) {
    return new ClusterView.Vitals(
        value(values, "load", "load1m"),
        value(values, "shmem", "used_size"),
        value(values, "shmem", "total_size"),
        value(values, "core", "timestamp"));
  }

  private static long value(Values values, String group, String name) {
    return values.of(new StatisticName(group, name)).map(Reading::value).orElse(0L);
  }
}
