package io.sipscope.node.observed;

import io.sipscope.node.cluster.Peers;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.OwnEvents;
import java.util.Map;
import java.util.TreeMap;

/// Tells of nodes that come to the cluster and go, or are not heard of and heard again. All look,
/// and one of them tells: the oldest of those that it can reach. Who is older than this node was
/// there before it, and is no news. Of one thread.
public final class MemberWatch {
  private final Events events;
  private boolean joined;
  private final Map<String, Peers.Condition> known = new TreeMap<>();

  public MemberWatch(Events events) {
    this.events = events;
  }

  public void look(Peers peers) {
    if (!peers.isMember()) {
      return;
    }
    var now = peers.conditions();
    if (!joined) {
      joined = true;
      known.putAll(now);
      known.keySet().removeAll(peers.younger());
    }
    if (peers.isSpeaker()) {
      tell(now);
    }
    known.clear();
    known.putAll(now);
  }

  private void tell(Map<String, Peers.Condition> now) {
    now.forEach(
        (member, is) -> {
          boolean wasThere = known.get(member) == Peers.Condition.UP;
          if (is == Peers.Condition.UP && !wasThere) {
            events.raise(EventNames.MEMBER_UP, () -> OwnEvents.memberUp(member));
          } else if (is == Peers.Condition.UNREACHABLE && wasThere) {
            down(member, "unreachable");
          }
        });
    known.forEach(
        (member, was) -> {
          if (was == Peers.Condition.UP && !now.containsKey(member)) {
            down(member, "left");
          }
        });
  }

  private void down(String member, String reason) {
    events.raise(EventNames.MEMBER_DOWN, () -> OwnEvents.memberDown(member, reason));
  }
}
