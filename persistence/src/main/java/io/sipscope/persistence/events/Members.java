package io.sipscope.persistence.events;

import io.sipscope.persistence.events.Subscriptions.Command;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;

/// The other nodes of the cluster, by address and incarnation.
final class Members {
  private final Cluster cluster;
  private final ActorRef<Command> self;
  private Set<ActorRef<Command>> listed = Set.of();

  Members(Cluster cluster, ActorRef<Command> self) {
    this.cluster = cluster;
    this.self = self;
  }

  void reachable(Set<ActorRef<Command>> nodes) {
    listed =
        nodes.stream().filter(node -> !node.equals(self)).collect(Collectors.toUnmodifiableSet());
  }

  Set<ActorRef<Command>> listed() {
    return listed;
  }

  /// Those that can be reached.
  Map<String, ActorRef<Command>> others() {
    var byAddress = new HashMap<Address, ActorRef<Command>>();
    for (var node : listed) {
      byAddress.put(node.path().address(), node);
    }
    var found = new HashMap<String, ActorRef<Command>>();
    for (var member : cluster.state().getMembers()) {
      var node = byAddress.get(member.address());
      if (node != null) {
        found.put(name(member), node);
      }
    }
    return found;
  }

  /// Of all, whether they can be reached or not.
  Set<String> names() {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .map(Members::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String name(Member member) {
    return member.uniqueAddress().toString();
  }
}
