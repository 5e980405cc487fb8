package io.sipscope.node.cluster;

import java.util.Map;

/// How a node sees the members of its cluster, itself included, at one moment.
///
/// @param isMember whether it is one itself
/// @param isSpeaker whether it is the oldest of those it can reach: what concerns all is told by it
/// @param conditions by address
public record Peers(boolean isMember, boolean isSpeaker, Map<String, Condition> conditions) {
  public enum Condition {
    UP,
    /// A member that is not heard of.
    UNREACHABLE
  }

  public Peers {
    conditions = Map.copyOf(conditions);
  }

  public long unreachable() {
    return conditions.values().stream().filter(Condition.UNREACHABLE::equals).count();
  }
}
