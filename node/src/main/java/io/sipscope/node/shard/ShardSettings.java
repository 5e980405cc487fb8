package io.sipscope.node.shard;

import io.sipscope.node.Setting;
import java.time.Duration;

/// @param awakeDialogs the most dialogs in the memory of one node
/// @param passivateAfter how long a dialog that hears nothing stays there
public record ShardSettings(int awakeDialogs, Duration passivateAfter) {

  public static ShardSettings from(Setting setting) {
    return new ShardSettings(
        setting.count("sipscope.shards.awake-dialogs", 1_000, 10_000_000),
        setting.duration(
            "sipscope.dialog.passivate-after", Duration.ofMillis(100), Duration.ofHours(1)));
  }
}
