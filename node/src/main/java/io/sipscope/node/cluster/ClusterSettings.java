package io.sipscope.node.cluster;

import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.util.ArrayList;
import java.util.List;

/// @param seedNodes nodes to join; empty to found a cluster of one
public record ClusterSettings(List<Seed> seedNodes) {
  private static final String SEED_NODES = "sipscope.cluster.seed-nodes";
  private static final String WANTED =
      "a list of host:port separated by commas, such as 10.0.0.1:7355,10.0.0.2:7355";

  public record Seed(String host, int port) {}

  public ClusterSettings {
    seedNodes = List.copyOf(seedNodes);
  }

  public static ClusterSettings from(Setting setting) {
    setting.port("pekko.remote.artery.canonical.port");
    setting.host("pekko.remote.artery.canonical.hostname");
    var text = setting.text(SEED_NODES);
    var seeds = new ArrayList<Seed>();
    if (!text.isBlank()) {
      for (var item : text.split(",", -1)) {
        seeds.add(seed(item.strip(), text));
      }
    }
    return new ClusterSettings(seeds);
  }

  private static Seed seed(String item, String all) {
    int colon = item.lastIndexOf(':');
    if (colon < 1 || !item.substring(colon + 1).matches("\\d{1,5}")) {
      throw new BadSetting(SEED_NODES, all, WANTED);
    }
    int port = Integer.parseInt(item.substring(colon + 1));
    if (port < 1 || port > 65_535) {
      throw new BadSetting(SEED_NODES, all, WANTED);
    }
    return new Seed(item.substring(0, colon), port);
  }
}
