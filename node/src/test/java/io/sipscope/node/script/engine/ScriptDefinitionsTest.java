package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.sipscope.node.script.compile.Registry;
import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.engine.ScriptDefinitions.Definition;
import io.sipscope.node.script.grammar.Includes;
import io.sipscope.node.script.tree.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptDefinitionsTest {
  private static Definition defined(String module, String name, String value) {
    return new Definition(Position.of("script"), module, name, value);
  }

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
            defined("tracer", "trace_id", "[b]uri=hep:h"),
            defined("siptrace", "trace_id", "[c]uri=hep:h"),
            defined("proto_hep", "hep_id", "[h] 192.0.2.1:9060"),
            defined("statistics", "stat_groups", "method, packet"));
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
            defined("tracer", "trace_on", "1"),
            defined("", "exec_msg_threshold", "1500"));
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
        new ScriptDefinitions(List.of(defined("tm", "fr_timeout", "5"), defined("", "debug", "1")));
    assertEquals(Set.of(), definitions.texts());
    var config = config("");
    assertEquals(config, definitions.over(config).config());
  }

  @Test
  void globalsAreSettingsOfTheirOwnUnit() {
    var laid =
        over(
                "",
                defined("", "exec_dns_threshold", "2000"),
                defined("", "tcp_threshold", "30"),
                defined("", "event_shm_threshold", "80"),
                defined("", "event_pkg_threshold", "0"),
                defined("", "log_level", "-1"),
                defined("", "xlog_level", "4"),
                defined("", "log_event_enabled", "0"),
                defined("rest_client", "curl_timeout", "7"))
            .config();
    assertEquals(Duration.ofMillis(2), laid.getDuration("sipscope.thresholds.dns"));
    assertEquals(Duration.ofNanos(30_000), laid.getDuration("sipscope.thresholds.tcp"));
    assertEquals(80, laid.getInt("sipscope.thresholds.shm"));
    assertEquals(0, laid.getInt("sipscope.thresholds.pkg"));
    assertEquals(-1, laid.getInt("sipscope.log.level"));
    assertEquals(4, laid.getInt("sipscope.log.xlog-level"));
    assertFalse(laid.getBoolean("sipscope.events.log"));
    assertEquals(Duration.ofSeconds(7), laid.getDuration("sipscope.script.rest.answer-timeout"));
  }

  @Test
  void workersGoByTheProfileThatIsNamedBehindThem() {
    var profile = "busy scale up to 4 on 70% for 4 cycles";
    var laid =
        over(
                "",
                defined("", "auto_scaling_profile", profile),
                defined("", "auto_scaling_cycle", "2"),
                defined("", "udp_workers", "3 use_auto_scaling_profile busy"))
            .config();
    assertEquals(List.of(profile), laid.getStringList("sipscope.auto-scaling.profiles"));
    assertEquals(Duration.ofSeconds(2), laid.getDuration("sipscope.auto-scaling.cycle"));
    assertEquals(3, laid.getInt("sipscope.auto-scaling.workers"));
    assertEquals("busy", laid.getString("sipscope.auto-scaling.use"));
    var socket = "udp:127.0.0.1:5060 use_auto_scaling_profile other";
    assertEquals(
        "other",
        over("", defined("", "socket", socket)).config().getString("sipscope.auto-scaling.use"));
    assertEquals(config(""), over("", defined("", "socket", "udp:127.0.0.1:5060")).config());
  }

  @ParameterizedTest
  @MethodSource("io.sipscope.node.script.engine.ScriptDefinitions#read")
  void whatIsReadIsNotSaidToChangeNothing(String key) {
    var colon = key.indexOf(':');
    var script =
        colon < 0
            ? key + " = 1"
            : "modparam(\"%s\", \"%s\", \"1\")"
                .formatted(key.substring(0, colon), key.substring(colon + 1));
    var registry = new Registry(Map.of(), Map.of(), Map.of());
    var read = ScriptReader.read("a.cfg", script, registry, Includes.none());
    assertEquals(List.of(), assertInstanceOf(Script.class, read).warnings());
  }

  /// A path that no settings have would be laid for nobody.
  @Test
  void whatAScriptSetsAreSettingsThatThereAre() {
    var reference = ConfigFactory.defaultReference();
    for (var path : ScriptDefinitions.paths()) {
      assertTrue(reference.hasPath(path), path);
    }
  }
}
