package io.sipscope.node.observed;

import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.OwnEvents;
import java.util.HashMap;
import java.util.Map;

/// Tells of shards that live on another node than before. One that begins to live has not moved; of
/// one that is nowhere for a while it is remembered where it was.
public final class ShardWatch {
  private final Events events;
  private final Map<String, String> homes = new HashMap<>();

  public ShardWatch(Events events) {
    this.events = events;
  }

  /// Whether a shard was last seen on another node than this one: it may come home.
  public synchronized boolean isElsewhere(String self) {
    return homes.values().stream().anyMatch(home -> !home.equals(self));
  }

  /// @param now the node of each shard, as far as it is known
  /// @param isSpeaker whether it is this node that tells
  public synchronized void look(Map<String, String> now, boolean isSpeaker) {
    now.forEach(
        (shard, to) -> {
          var from = homes.put(shard, to);
          if (from != null && !from.equals(to) && isSpeaker) {
            events.raise(EventNames.SHARD_MOVED, () -> OwnEvents.shardMoved(shard, from, to));
          }
        });
  }
}
