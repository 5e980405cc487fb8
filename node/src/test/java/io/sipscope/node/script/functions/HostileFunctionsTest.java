package io.sipscope.node.script.functions;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.script.Made;
import io.sipscope.node.script.TestWorld;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.functions.Arguments.Argument;
import io.sipscope.node.script.functions.ScriptFunction.Call;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.Transformations;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.StatisticsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a function or transformation is given, it gives a number or a value, or fails as
/// scripts fail; literal or not.
class HostileFunctionsTest {
  private static final int ROUNDS = 20_000;

  private static final List<Value> VALUES =
      List.of(
          Value.Missing.NULL,
          Value.of(""),
          Value.of(" "),
          Value.of("tid"),
          Value.of("d"),
          Value.of("sip|xlog|"),
          Value.of("INVITE|"),
          Value.of("group:name:x"),
          Value.of("sip:10.0.0.1:9060;transport=tcp"),
          Value.of("sip:[::1"),
          Value.of("http://[::1"),
          Value.of("http://127.0.0.1:1/\u0000"),
          Value.of("{\"a\": [1, {}]}"),
          Value.of("/(/x/"),
          Value.of("a".repeat(5_000)),
          Value.of("\u0000\r\n\ud800"),
          Value.of("1"),
          Value.of("-1"),
          Value.of("999999999999999999"),
          Value.of(0),
          Value.of(Long.MIN_VALUE),
          Value.of(Long.MAX_VALUE),
          Value.of(9));

  private final Random random = new Random(7);
  private final Counters counters = new Counters();
  private final TestWorld world =
      new TestWorld(
          new PolicyStatistics(
              counters,
              ClusterStatistics.alone(counters),
              StatisticsSettings.from(ConfigFactory.load()),
              System::currentTimeMillis));
  private final Run run =
      world.run(TestWorld.subject("INVITE sip:b@x SIP/2.0\nCall-ID: c\nCSeq: 1 INVITE\n\n"));

  private Value any() {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  @Test
  void aFunctionGivesANumberOrFailsAsScriptsDo() throws Unusable {
    var functions =
        List.copyOf(
            Functions.all(
                    "tid"::equals, Dispatcher.of(Map.of(1, List.of("sip:a", "sip:b")), "$stat(%u)"))
                .values());
    int called = 0;
    for (int round = 0; round < ROUNDS; round++) {
      called += called(functions.get(random.nextInt(functions.size()))) ? 1 : 0;
    }
    assertTrue(called > ROUNDS / 2, called + " calls could be made");
  }

  private boolean called(ScriptFunction function) throws Unusable {
    var given = new ArrayList<Optional<Argument>>();
    for (var parameter : function.parameters()) {
      given.add(
          parameter.isOptional() && random.nextBoolean() ? Optional.empty() : argument(parameter));
    }
    Call call;
    try {
      call = function.at(new Arguments(given, _ -> {}));
    } catch (Unusable e) {
      assertTrue(e.getMessage().length() > 5, function.name());
      return false;
    }
    try {
      call.call(run);
      call.start(run).toCompletableFuture().join().end(run);
    } catch (ScriptFailure failed) {
      assertTrue(failed.getMessage().length() > 5, function.name());
    }
    return true;
  }

  private Optional<Argument> argument(Parameter parameter) throws Unusable {
    if (parameter.type() == Parameter.Type.VARIABLE) {
      return Optional.of(new Argument(Made.place("$var(x)"), Optional.empty()));
    }
    var value = any();
    return Optional.of(
        random.nextInt(3) == 0 && !value.isNull()
            ? new Argument(_ -> value, Optional.of(value.asText()))
            : new Argument(_ -> value, Optional.empty()));
  }

  @Test
  void aTransformationGivesAValueOrFailsAsScriptsDo() {
    var all = List.copyOf(Transformations.all().entrySet());
    for (int round = 0; round < ROUNDS; round++) {
      var one = all.get(random.nextInt(all.size()));
      var given = new ArrayList<Value>();
      for (int count = random.nextInt(4); count > 0; count--) {
        given.add(any());
      }
      try {
        assertTrue(one.getValue().of(any(), given).asText().length() < 100_000, one.getKey());
      } catch (ScriptFailure failed) {
        assertTrue(failed.getMessage().length() > 5, one.getKey());
      }
    }
  }
}
