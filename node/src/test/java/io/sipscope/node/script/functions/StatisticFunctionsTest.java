package io.sipscope.node.script.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.script.Made;
import io.sipscope.node.script.TestWorld;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.StatisticsSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The daily push of the tutorial, step by step, over real statistics.
class StatisticFunctionsTest {
  private static final String SETTINGS = "sipscope.statistics.groups = \"method, packet\"";

  private final Counters counters = new Counters();
  private final PolicyStatistics policy =
      new PolicyStatistics(
          counters,
          ClusterStatistics.alone(counters),
          StatisticsSettings.from(
              ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load())),
          System::currentTimeMillis);
  private final TestWorld world = new TestWorld(policy);
  private final Run run = world.run();

  private int call(String name, String... arguments) throws Unusable {
    var functions = Functions.all(_ -> true, Dispatcher.of(Map.of(), ""));
    return Made.call(functions.get(name), run, arguments);
  }

  @Test
  void aGroupIsPackedAsJsonAndCleared() throws Unusable {
    call("update_stat", "method:INVITE", "+1");
    call("update_stat", "method:INVITE", "+1");
    call("update_stat", "method:BYE", "+1");
    call("update_stat", "packet:count", "+1");
    Made.place("$json(all)").parse(run, Value.of("{\"method\": {}, \"packet\": {}}"));
    assertEquals(1, call("stat_iter_init", "method", "iter"));
    int seen = 0;
    while (call("stat_iter_next", "$var(key)", "$var(val)", "iter") > 0) {
      var key = Made.read(run, "$var(key)");
      Made.place("$json(all/method/" + key + ")").write(run, Made.variable("$var(val)").read(run));
      assertEquals(1, call("reset_stat", key));
      seen++;
    }
    assertEquals(2, seen);
    assertEquals("2", Made.read(run, "$json(all/method/INVITE)"));
    assertEquals("1", Made.read(run, "$json(all/method/BYE)"));
    assertEquals("0", Made.read(run, "$stat(method:INVITE)"));
    assertEquals("1", Made.read(run, "$stat(packet:count)"));
  }

  @Test
  void aLoadIsCountedUpAndDownByItsUri() throws Unusable {
    assertEquals(1, call("update_stat", "load_sip:10.0.0.1:9060", "+1"));
    assertEquals(1, call("update_stat", "load_sip:10.0.0.1:9060", "+1"));
    assertEquals(1, call("update_stat", "load_sip:10.0.0.1:9060", "-1"));
    assertEquals("1", Made.read(run, "$stat(load_sip:10.0.0.1:9060)"));
  }

  @Test
  void aGroupThatWasNotDeclaredIsRefused() throws Unusable {
    assertEquals(-1, call("update_stat", "nose:INVITE", "+1"));
    assertEquals(1, world.lines.size());
  }
}
