package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.run.World.Response;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.StatisticsSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class NodeWorldTest {
  private final Counters counters = new Counters();
  private final Events events =
      new Events(new EventNames(List.of()), EventDelivery.NOBODY, counters, () -> 0);
  private final NodeWorld world =
      NodeWorld.of(
          new NodeWorld.Outside(
              new PolicyStatistics(
                  counters, ClusterStatistics.alone(counters), StatisticsSettings.NONE, () -> 0),
              events,
              (_, _) -> false,
              _ -> CompletableFuture.completedFuture(new Response(0, "", "", "nobody")),
              () -> 0));

  @Test
  void asManyRunsWaitForAnswersAsThereIsRoomFor() throws Exception {
    var answer = new CompletableFuture<Response>();
    var ran = new CountDownLatch(NodeWorld.MOST_WAITING);
    for (int run = 0; run < NodeWorld.MOST_WAITING; run++) {
      assertTrue(world.whenIn(answer, ran::countDown));
    }
    assertFalse(world.whenIn(answer, ran::countDown));
    assertFalse(world.waiting().whenIn(answer, ran::countDown), "they share the room");
    answer.complete(new Response(200, "", "", ""));
    ran.await();
    while (!world.whenIn(answer, () -> {})) {
      Thread.onSpinWait(); // the last one is still leaving
    }
    assertEquals(0, ran.getCount());
  }

  @Test
  void whatAScriptRaisesIsRegisteredAsFarAsThereIsRoom() {
    assertTrue(world.raise(Event.of("E_MINE")));
    assertTrue(events.names().id("E_MINE").isPresent());
    for (int name = events.names().all().size(); name < 1_000; name++) {
      assertTrue(world.raise(Event.of("E_" + name)));
    }
    assertFalse(world.raise(Event.of("E_ONE_TOO_MANY")));
    assertTrue(world.raise(Event.of("E_MINE")));
  }
}
