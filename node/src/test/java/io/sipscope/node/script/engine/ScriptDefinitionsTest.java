package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.sipscope.node.script.engine.ScriptDefinitions.Definition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScriptDefinitionsTest {
  private static ScriptDefinitions.Laid over(String configured, Definition... definitions) {
    return new ScriptDefinitions(List.of(definitions)).over(config(configured));
  }

  private static Config config(String configured) {
    return ConfigFactory.parseString(configured).withFallback(ConfigFactory.load());
  }

  @Test
  void listsOfTheConfigurationComeFirst() {
    var laid =
        over(
            "sipscope.trace.ids = [\"[a]uri=hep:h\"], sipscope.statistics.groups = \"x, y\"",
            new Definition("tracer", "trace_id", "[b]uri=hep:h"),
            new Definition("siptrace", "trace_id", "[c]uri=hep:h"),
            new Definition("proto_hep", "hep_id", "[h] 192.0.2.1:9060"),
            new Definition("statistics", "stat_groups", "method, packet"));
    assertEquals(
        List.of("[a]uri=hep:h", "[b]uri=hep:h", "[c]uri=hep:h"),
        laid.config().getStringList("sipscope.trace.ids"));
    assertEquals(
        List.of("[h] 192.0.2.1:9060"), laid.config().getStringList("sipscope.trace.hep-ids"));
    assertEquals(
        List.of("x, y", "method, packet"),
        laid.config().getStringList("sipscope.statistics.groups"));
    assertEquals(List.of(), laid.warnings());
  }

  @Test
  void theScriptWinsAndAClashIsTold() {
    var laid =
        over(
            "sipscope.trace.on = 0",
            new Definition("tracer", "trace_on", "1"),
            new Definition("", "exec_msg_threshold", "1500"));
    assertEquals("1", laid.config().getString("sipscope.trace.on"));
    assertEquals(
        Duration.ofNanos(1_500_000), laid.config().getDuration("sipscope.thresholds.message"));
    assertEquals(
        List.of(
            "sipscope.trace.on is 0, but the script's"
                + " modparam(\"tracer\", \"trace_on\", \"1\") counts"),
        laid.warnings());
  }

  @Test
  void whatNoSettingKnowsIsPassedOver() {
    var definitions =
        new ScriptDefinitions(
            List.of(new Definition("tm", "fr_timeout", "5"), new Definition("", "debug", "1")));
    assertEquals(Set.of(), definitions.texts());
    var config = config("");
    assertEquals(config, definitions.over(config).config());
  }
}
