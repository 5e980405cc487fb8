package io.sipscope.node.cluster;

import static java.util.stream.Collectors.joining;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// @param seedNodes nodes to join; empty to found a cluster of one
public record ClusterSettings(List<Seed> seedNodes) {
  private static final String SEED_NODES = "sipscope.cluster.seed-nodes";
  private static final String PEKKO_SEED_NODES = "pekko.cluster.seed-nodes";
  private static final Pattern PEKKO_ADDRESS = Pattern.compile("pekko://sipscope@(.+:\\d+)");
  private static final String WANTED =
      "a list of host:port separated by commas, such as 10.0.0.1:7355,10.0.0.2:7355";

  public record Seed(String host, int port) {}

  public ClusterSettings {
    seedNodes = List.copyOf(seedNodes);
  }

  /// Seeds that are named in Pekko's own setting are joined too, when no others are; but when this
  /// node is ready for it, and not as soon as its actor system exists.
  public static Config withPekkosSeeds(Config config) {
    var addresses = config.getStringList(PEKKO_SEED_NODES);
    if (addresses.isEmpty()) {
      return config;
    }
    var none = config.withValue(PEKKO_SEED_NODES, ConfigValueFactory.fromIterable(List.of()));
    if (!config.getString(SEED_NODES).isBlank()) {
      return none;
    }
    var seeds = addresses.stream().map(ClusterSettings::hostAndPort).collect(joining(","));
    return none.withValue(SEED_NODES, ConfigValueFactory.fromAnyRef(seeds));
  }

  private static String hostAndPort(String address) {
    var parts = PEKKO_ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw new BadSetting(
          PEKKO_SEED_NODES, address, "a list of addresses such as pekko://sipscope@10.0.0.1:7355");
    }
    return parts.group(1);
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
