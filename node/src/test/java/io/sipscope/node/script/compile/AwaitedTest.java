package io.sipscope.node.script.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sipscope.node.script.TestWorld;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.run.World.Response;
import io.sipscope.persistence.trace.TraceLegs;
import io.sipscope.persistence.trace.TraceOrder;
import io.sipscope.persistence.trace.TraceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `async` and `launch`.
class AwaitedTest {
  private final List<String> failures = new ArrayList<>();
  private final TestWorld world = new TestWorld();

  @BeforeEach
  void nothingIsAnsweredYet() {
    world.response = new CompletableFuture<>();
  }

  @Test
  void asyncEndsTheRunAndGoesOnWhenTheAnswerIsIn() {
    var script = "$var(x) = 1; tell(\"before\"); async(ask($var(a)), resumed); tell(\"never\");";
    assertEquals(List.of("before"), told(script));
    answer("fine");
    assertEquals(List.of("before", "resumed fine 1 7 <null>"), said());
  }

  @Test
  void launchGoesOnAtOnceAndItsRouteRunsByItself() {
    var script = "launch(ask(\"$var(a)\"), resumed, \"given\"); $var(x) = 2; tell(\"on $var(a)\");";
    assertEquals(List.of("on <null>"), told(script));
    answer("fine");
    assertEquals(List.of("on <null>", "resumed fine <null> 7 given"), said());
  }

  @Test
  void launchNeedsNoRoute() {
    assertEquals(List.of("on"), told("launch(ask($var(a))); tell(\"on\");"));
    answer("fine");
    assertEquals(List.of("on"), said());
  }

  @Test
  void whatIsAnsweredAtOnceIsResumedAtOnce() {
    answer("fine");
    assertEquals(
        List.of("resumed fine <null> 7 <null>"),
        told("async(ask($var(a)), resumed); tell(\"never\");"));
    assertEquals(List.of(), failures);
  }

  @Test
  void withoutRoomItIsAFailureAndTheRunEnds() {
    world.hasRoom = false;
    assertEquals(List.of(), told("async(ask($var(a)), resumed); tell(\"never\");"));
    assertEquals(
        List.of("2:1 there is no room to wait for an answer: it is not resumed"), failures);
  }

  @Test
  void withoutRoomForItALaunchIsAFailureAndTheRunGoesOn() {
    world.hasRoom = false;
    assertEquals(List.of("on"), told("launch(ask($var(a)), resumed); tell(\"on\");"));
    assertEquals(1, failures.size());
  }

  @Test
  void routesThatResumeEachOtherWithoutAnEndAreEnded() {
    world.response = CompletableFuture.completedFuture(new Response(200, "", "", ""));
    told("async(ask($var(a)), again);");
    assertEquals(1, failures.stream().filter(one -> one.contains("more than 100 routes")).count());
  }

  @Test
  void whatWasStoredInTheMeantimeIsNotTracedAnyMore() {
    var order =
        new TraceOrder("tid", Optional.empty(), Set.of(TraceType.SIP), "", TraceLegs.BOTH, "");
    var run = new Run(Optional.empty(), world, 10);
    run.order(order);
    assertEquals(List.of(order), run.orders());
    assertThrows(ScriptFailure.class, () -> run.goneOn().order(order));
    assertThrows(ScriptFailure.class, () -> run.apart().order(order));
  }

  private List<String> said() {
    return world.lines.stream().map(line -> line.substring(2)).toList();
  }

  private void answer(String body) {
    world.response.complete(new Response(200, "text/plain", body, ""));
  }

  private List<String> told(String statements) {
    var text =
        "route {\n"
            + statements
            + "\n}\nroute[resumed] { tell(\"resumed $var(a) $var(x) $rc $param(1)\"); }\n"
            + "route[again] { async(ask($var(a)), again); }\n";
    var outcome = ScriptReader.read("test.cfg", text, SmallWorld.REGISTRY);
    var script = assertInstanceOf(Script.class, outcome, outcome::toString);
    var program =
        script.program(
            (at, sentence) -> failures.add(at.line() + ":" + at.column() + " " + sentence));
    program.message(new Run(Optional.empty(), world, 1_000));
    return said();
  }
}
