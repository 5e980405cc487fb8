package io.sipscope.node.shard;

import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.dialog.DialogSettings;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings.PassivationStrategySettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/// Spreads the dialogs over the nodes: each key lives on one node at a time, and is woken there by
/// its next message or question.
public final class DialogShards {
  private final ClusterSharding sharding;
  private final ActorRef<ShardingEnvelope<Dialog.Command>> region;

  public DialogShards(
      ActorSystem<?> system, ShardSettings settings, DialogSettings dialogSettings) {
    sharding = ClusterSharding.get(system);
    var shards = ClusterShardingSettings.create(system);
    region =
        sharding.init(
            Entity.of(Dialog.KEY, entity -> Dialog.create(entity.getEntityId(), dialogSettings))
                .withSettings(shards.withPassivationStrategy(passivation(shards, settings))));
  }

  /// Idle dialogs fall asleep, as the store's settings say; and when dialogs begin faster than they
  /// fall idle, as in an import, those heard of longest ago make room: memory stays bounded.
  private static PassivationStrategySettings passivation(
      ClusterShardingSettings shards, ShardSettings settings) {
    return shards
        .passivationStrategySettings()
        .withActiveEntityLimit(settings.awakeDialogs())
        .withLeastRecentlyUsedReplacement();
  }

  /// Takes commands for any key.
  public ActorRef<ShardingEnvelope<Dialog.Command>> region() {
    return region;
  }

  /// The dialog of a key, wherever it lives.
  public RecipientRef<Dialog.Command> dialog(String key) {
    return sharding.entityRefFor(Dialog.KEY, key);
  }
}
