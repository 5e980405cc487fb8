package io.sipscope.node.script.engine;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.sipscope.node.Repeated;
import io.sipscope.node.script.run.World;
import io.sipscope.persistence.statistics.Counters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/// Runs each `timer_route` once an interval, on one node of the cluster only. A timer never runs
/// twice at once: what is due while it runs is left out and counted.
///
/// Every node counts its intervals from its own start, so that a timer is late by no more than an
/// interval when the node that ran it is gone.
public final class Timers implements AutoCloseable {
  private final PolicyEngine engine;
  private final World world;
  private final BooleanSupplier isMine;
  private final LongAdder skipped;
  private final ScheduledExecutorService clock;
  private final Executor threads;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Map<Due, Future<?>> scheduled = new HashMap<>();
  private volatile Map<String, Program.Timer> timers = Map.of();

  private record Due(String name, long seconds) {}

  /// @param isMine whether it is this node that runs them just now
  public Timers(PolicyEngine engine, World world, BooleanSupplier isMine, Counters counters) {
    this(
        engine,
        world,
        isMine,
        counters,
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("script-timers").daemon().factory()),
        task -> Thread.ofVirtual().name("script-timer").start(task));
  }

  Timers(
      PolicyEngine engine,
      World world,
      BooleanSupplier isMine,
      Counters counters,
      ScheduledExecutorService clock,
      Executor threads) {
    this.engine = engine;
    this.world = world;
    this.isMine = isMine;
    this.skipped = counters.counter("policy", "script_timers_skipped");
    this.clock = clock;
    this.threads = threads;
  }

  /// Lets these run instead of those before. One that is there already, with the same interval,
  /// goes on counting where it was. What runs just now runs to its end.
  public synchronized void schedule(List<Program.Timer> next) {
    timers = next.stream().collect(toUnmodifiableMap(Program.Timer::name, identity(), (_, b) -> b));
    var wanted = new HashSet<Due>();
    timers.values().forEach(timer -> wanted.add(new Due(timer.name(), timer.seconds())));
    scheduled
        .entrySet()
        .removeIf(
            entry ->
                !wanted.contains(entry.getKey())
                    && entry.getValue().cancel(/* mayInterruptIfRunning */ false));
    for (var due : wanted) {
      scheduled.computeIfAbsent(due, this::schedule);
    }
  }

  private Future<?> schedule(Due due) {
    return clock.scheduleAtFixedRate(
        new Repeated(
            "timer_route[" + due.name() + "]",
            () -> Optional.ofNullable(timers.get(due.name())).ifPresent(this::due)),
        due.seconds(),
        due.seconds(),
        TimeUnit.SECONDS);
  }

  void due(Program.Timer timer) {
    if (!isMine.getAsBoolean()) {
      return;
    }
    if (!running.add(timer.name())) {
      skipped.increment();
      return;
    }
    threads.execute(() -> run(timer));
  }

  private void run(Program.Timer timer) {
    try {
      engine.run(timer.route(), world, "timer_route[" + timer.name() + "]");
    } finally {
      running.remove(timer.name());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
