package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.http.script.BackTest.Line;
import io.sipscope.node.script.Scripted;
import io.sipscope.node.script.TestWorld;
import io.sipscope.node.script.run.Run;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.StatisticsSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DryWorldTest {
  private final Counters counters = new Counters();
  private final DryWorld world =
      new DryWorld(
          StatisticsSettings.NONE,
          new PolicyStatistics(
              counters, ClusterStatistics.alone(counters), StatisticsSettings.NONE, () -> 0));

  @Test
  void whatIsNoDestinationIsNotRelayedToAsOnANode() {
    var subject = TestWorld.subject("OPTIONS sip:b@x SIP/2.0\nCall-ID: c\nCSeq: 1 OPTIONS\n\n");
    assertTrue(world.relay(subject, "sip:192.0.2.1:9060"));
    assertFalse(world.relay(subject, "nonsense"));
    assertFalse(world.relay(subject, "sip:192.0.2.1:9060;transport=pigeon"));
    assertEquals(Map.of("sip:192.0.2.1:9060", 1L), world.relayed());
  }

  @Test
  void whatWaitsForAnAnswerDoesNotGoOn() {
    var script =
        Scripted.of(
            """
            route {
              rest_get("http://me:secret@192.0.2.1/", $var(x));
              xlog("$rc");
              launch(rest_get("http://192.0.2.2/", $var(x)), later);
              async(rest_get("http://192.0.2.2/", $var(x)), later);
            }
            route[later] { xlog("later"); }
            """);
    script.program().message(new Run(Optional.empty(), world, 100));
    assertEquals(List.of(), script.failures);
    assertEquals(List.of("1"), world.log().stream().map(Line::line).toList());
    assertEquals(Map.of("http://192.0.2.1/", 1L, "http://192.0.2.2/", 2L), world.requests());
  }
}
