package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.script.TestWorld;
import io.sipscope.node.script.compile.Probe;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.engine.ScriptLoader.Accepted;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.run.World.Response;
import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.StatisticsSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Whatever a script does that could be loaded, each message gets its decision: no run throws, or
/// takes more steps than it may.
class ScriptRunFuzzTest {
  private static final int SCRIPTS = 300;
  private static final int STEPS = 2_000;
  private static final Response ANSWER = new Response(200, "application/json", "{}", "");

  private static final List<Subject> MESSAGES =
      List.of(
          TestWorld.subject(
              """
              INVITE sip:bob@example.com:5080;transport=tcp SIP/2.0
              Via: SIP/2.0/UDP 10.0.0.9;branch=z9hG4bKtop
              From: "A" <sip:alice@example.com>;tag=f
              To: <sip:bob@example.com>
              Call-ID: a/b[0]@c
              CSeq: 42 INVITE
              Contact: <sip:alice@10.0.0.9>;q=0.5
              Content-Type: application/json

              {"a": [1, {"b": "$"}]}\
              """),
          TestWorld.subject(
              """
              SIP/2.0 486 Busy (Here
              To: <sip:bob@example.com>;tag=t
              Call-ID: 1
              CSeq: 1 BYE

              """));

  private final Counters counters = new Counters();
  private final PolicyStatistics statistics =
      new PolicyStatistics(
          counters,
          ClusterStatistics.alone(counters),
          StatisticsSettings.from(ConfigFactory.load()),
          () -> 0);

  private final ScriptFailures failures = ScriptFailures.quiet(counters, () -> 0);

  /// How many statements each run has run.
  private static final class Steps implements Probe {
    private final Map<Run, Integer> taken = new HashMap<>();

    @Override
    public void line(Run run, Position at) {
      taken.merge(run, 1, Integer::sum);
    }
  }

  private PolicyLanguage language() throws Unusable {
    var dispatcher = Dispatcher.of(Map.of(1, List.of("sip:a", "sip:b")), "$stat(load_%u)");
    return new PolicyLanguage(
        ids -> PolicyLanguage.registry(ids, dispatcher),
        "tid"::equals,
        _ -> Map.of(),
        failures,
        _ -> {});
  }

  @Test
  void eachMessageGetsItsDecision() throws Unusable {
    var scripts = new RandomScripts(11);
    var language = language();
    int loaded = 0;
    for (int made = 0; made < SCRIPTS; made++) {
      var text = scripts.next();
      if (language.load("f", text) instanceof Accepted script) {
        loaded++;
        decide(script, text);
      }
    }
    assertTrue(loaded > SCRIPTS / 2, loaded + " could be loaded");
  }

  private void decide(Accepted script, String text) {
    var steps = new Steps();
    var world = new TestWorld(statistics);
    var engine = new PolicyEngine(world, (_, _) -> "trunk", STEPS, failures, counters);
    engine.swap(script.watched().apply(steps));
    for (var message : MESSAGES) {
      for (var isLate : List.of(false, true)) {
        world.response = new CompletableFuture<>();
        world.mayWait = false;
        if (!isLate) {
          world.response.complete(ANSWER);
        }
        assertNotNull(engine.decide(message.key(), message.message(), message.capture()), text);
        world.response.complete(ANSWER);
      }
    }
    // The condition of an `else if` is told, and is no step.
    steps.taken.values().forEach(taken -> assertTrue(taken <= 2 * STEPS, text));
    assertEquals(List.of(), world.broken, text);
    for (var failure : failures.list()) {
      var why = failure.sentence();
      assertFalse(why.startsWith("it broke") || why.startsWith("a defect"), why + "\n" + text);
    }
    failures.forget();
  }
}
