package io.sipscope.node.script.engine;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.World;
import io.sipscope.node.script.value.Value;
import io.sipscope.persistence.events.Delivering;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.statistics.Counters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/// Runs each `event_route[E_X]` where the event is raised, each run on a thread of its own: it may
/// wait.
public final class EventRoutes {
  /// Routes that run at once. An event that is raised for each message of a flood, or by its own
  /// route, must not fill the memory.
  static final int MOST_RUNNING = 256;

  private final PolicyEngine engine;
  private final World world;
  private final long maxSteps;
  private final Executor threads;
  private final Semaphore room = new Semaphore(MOST_RUNNING);
  private final LongAdder dropped;

  public EventRoutes(PolicyEngine engine, World world, long maxSteps, Counters counters) {
    this(
        engine,
        world,
        maxSteps,
        counters,
        task -> Thread.ofVirtual().name("event-route").start(task));
  }

  EventRoutes(
      PolicyEngine engine, World world, long maxSteps, Counters counters, Executor threads) {
    this.engine = engine;
    this.world = world;
    this.maxSteps = maxSteps;
    this.threads = threads;
    this.dropped = counters.counter("policy", "script_events_dropped");
  }

  /// The events that have a route just now.
  public Set<String> events() {
    return engine.program().events().keySet();
  }

  /// Runs the route of an event, if it has one. Does not wait for it.
  public void raised(Event event) {
    var route = engine.program().events().get(event.name());
    if (route == null) {
      return;
    }
    if (!room.tryAcquire()) {
      dropped.increment();
      return;
    }
    threads.execute(
        () -> {
          try {
            var place = "event_route[" + event.name() + "]";
            Delivering.during(() -> engine.run(route, run(event), place));
          } finally {
            room.release();
          }
        });
  }

  private Run run(Event event) {
    var run = new Run(Optional.empty(), world, maxSteps);
    var places = new ArrayList<Value>();
    var names = new HashMap<String, Value>();
    for (var parameter : event.parameters()) {
      var value =
          switch (parameter.value()) {
            case Event.Value.Text(var text) -> Value.of(text);
            case Event.Value.Whole(var number) -> Value.of(number);
          };
      places.add(value);
      names.put(parameter.name(), value);
    }
    run.parameters(places);
    run.eventParameters(names);
    return run;
  }
}
