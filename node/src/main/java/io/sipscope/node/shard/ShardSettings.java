package io.sipscope.node.shard;

import io.sipscope.node.Setting;

/// @param awakeDialogs the most dialogs in the memory of one node
public record ShardSettings(int awakeDialogs) {

  public static ShardSettings from(Setting setting) {
    return new ShardSettings(setting.count("sipscope.shards.awake-dialogs", 1_000, 10_000_000));
  }
}
