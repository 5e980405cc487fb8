package io.sipscope.persistence.statistics;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;

/// What this node has heard of the others' statistics: written by [Statistics], read by anyone
/// without waiting.
final class KnownParts {
  private final Cluster cluster;
  private final Counters counters;
  private volatile Map<String, Part> heard = Map.of();

  KnownParts(ActorSystem<?> system, Counters counters) {
    cluster = Cluster.get(system);
    this.counters = counters;
  }

  void heard(Map<String, Part> parts) {
    heard = Map.copyOf(parts);
  }

  /// The others' parts as heard, this node's own of now.
  Parts parts() {
    return with(counters.part());
  }

  /// The same, where one statistic is asked for.
  Parts parts(StatisticName name) {
    return with(counters.part(name));
  }

  private Parts with(Part own) {
    var parts = new HashMap<>(heard);
    parts.put(self(), own);
    return new Parts(self(), members(), parts, counters);
  }

  /// A node by its address and incarnation.
  static String id(UniqueAddress node) {
    return node.address() + "#" + Long.toUnsignedString(node.longUid());
  }

  String self() {
    return id(cluster.selfMember().uniqueAddress());
  }

  private Set<String> members() {
    var members =
        StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
            .map(Member::uniqueAddress)
            .map(KnownParts::id)
            .collect(Collectors.toSet());
    members.add(self()); // also before it has joined
    return members;
  }

  Cluster cluster() {
    return cluster;
  }
}
