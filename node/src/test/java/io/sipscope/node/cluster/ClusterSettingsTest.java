package io.sipscope.node.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import io.sipscope.node.cluster.ClusterSettings.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {

  private static ClusterSettings seeds(String text) {
    return ClusterSettings.from(
        new Setting(
            ConfigFactory.parseString("sipscope.cluster.seed-nodes = \"" + text + "\"")
                .withFallback(ConfigFactory.load("cluster"))));
  }

  @Test
  void readsTheListTheContractNames() {
    assertEquals(
        List.of(new Seed("10.0.0.1", 7355), new Seed("node-2", 7356)),
        seeds("10.0.0.1:7355, node-2:7356").seedNodes());
    assertEquals(List.of(), seeds("").seedNodes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "10.0.0.1:", ":7355", "a:0", "a:65536", "a:1,,b:2", "a:x"})
  void refusesAnyOtherTextNamingKeyAndValue(String text) {
    var message = assertThrows(BadSetting.class, () -> seeds(text)).getMessage();
    assertTrue(message.startsWith("sipscope.cluster.seed-nodes is \"" + text + '"'), message);
  }

  private static ClusterSettings pekkosSeeds(String addresses, String ours) {
    return ClusterSettings.from(
        new Setting(
            ClusterSettings.withPekkosSeeds(
                ConfigFactory.parseString(
                        "pekko.cluster.seed-nodes = [%s], sipscope.cluster.seed-nodes = \"%s\""
                            .formatted(addresses, ours))
                    .withFallback(ConfigFactory.load("cluster")))));
  }

  @Test
  void pekkosOwnSettingNamesSeedsToo() {
    var two = "\"pekko://sipscope@10.0.0.1:7355\", \"pekko://sipscope@node-2:7356\"";
    var seeds = List.of(new Seed("10.0.0.1", 7355), new Seed("node-2", 7356));
    assertEquals(seeds, pekkosSeeds(two, "").seedNodes());
    assertEquals(List.of(new Seed("b", 1)), pekkosSeeds(two, "b:1").seedNodes());
    assertEquals(List.of(), pekkosSeeds("", "").seedNodes());
  }

  @Test
  void refusesTheAddressOfAnotherSystem() {
    var other = "pekko://other@10.0.0.1:7355";
    var message =
        assertThrows(BadSetting.class, () -> pekkosSeeds('"' + other + '"', "")).getMessage();
    assertTrue(message.startsWith("pekko.cluster.seed-nodes is \"" + other + '"'), message);
  }
}
