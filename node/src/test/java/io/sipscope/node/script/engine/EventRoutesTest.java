package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRoutesTest {
  private final Counters counters = new Counters();
  private final Queue<Runnable> started = new ArrayDeque<>();
  private final List<String> heard = new ArrayList<>();
  private final PolicyEngine engine =
      new PolicyEngine(
          new QuietWorld(), (_, _) -> "", 1_000, new ScriptFailures(counters, () -> 0), counters);
  private final EventRoutes routes =
      new EventRoutes(engine, new QuietWorld(), 1_000, counters, started::add);

  @BeforeEach
  void load() {
    Route route =
        run ->
            heard.add(
                run.parameters().get(1).asText() + " " + run.eventParameters().get("a").asText());
    engine.swap(
        new Program(
            List.of(), List.of(), List.of(), Optional.empty(), Map.of("E_A", route), Map.of()));
  }

  @Test
  void parametersAreKnownByPlaceAndByName() {
    assertEquals(Set.of("E_A"), routes.events());
    routes.raised(Event.of("E_A").with("a", "x").with("b", 5));
    started.remove().run();
    assertEquals(List.of("5 x"), heard);
  }

  @Test
  void anEventWithoutARouteIsNobodysBusiness() {
    routes.raised(Event.of("E_B"));
    assertEquals(0, started.size());
  }

  @Test
  void moreThanTheMostAreDroppedAndCounted() {
    for (int i = 0; i < EventRoutes.MOST_RUNNING + 3; i++) {
      routes.raised(Event.of("E_A").with("a", "x").with("b", i));
    }
    assertEquals(EventRoutes.MOST_RUNNING, started.size());
    assertEquals(3, counters.read().get(new StatisticName("policy", "script_events_dropped")));
    started.remove().run();
    routes.raised(Event.of("E_A").with("a", "x").with("b", 9));
    assertEquals(EventRoutes.MOST_RUNNING, started.size());
  }
}
