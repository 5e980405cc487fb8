package io.sipscope.node.cluster;

import java.util.Map;
import java.util.Set;

/// How a node sees the members of its cluster, itself included, at one moment.
///
/// @param isMember whether it is one itself
/// @param isSpeaker whether it is the oldest of those it can reach: what concerns all is told by it
/// @param conditions by address
/// @param younger addresses of those that became members after it
public record Peers(
    boolean isMember, boolean isSpeaker, Map<String, Condition> conditions, Set<String> younger) {
  public enum Condition {
    UP,
    /// A member that is not heard of.
    UNREACHABLE
  }

  public Peers {
    conditions = Map.copyOf(conditions);
    younger = Set.copyOf(younger);
  }

  public long unreachable() {
    return conditions.values().stream().filter(Condition.UNREACHABLE::equals).count();
  }
}
