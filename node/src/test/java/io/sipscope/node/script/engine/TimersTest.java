package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimersTest {
  private final Counters counters = new Counters();
  private final Queue<Runnable> started = new ArrayDeque<>();
  private final List<String> ran = new ArrayList<>();
  private boolean isMine = true;
  private final PolicyEngine engine =
      new PolicyEngine(
          new QuietWorld(), (_, _) -> "", 1_000, new ScriptFailures(counters, () -> 0), counters);
  private final Timers timers =
      new Timers(
          engine,
          new QuietWorld(),
          () -> isMine,
          counters,
          Executors.newSingleThreadScheduledExecutor(),
          started::add);

  @AfterEach
  void stop() {
    timers.close();
  }

  private Program.Timer timer(String name) {
    return new Program.Timer(name, 3_600, _ -> ran.add(name));
  }

  private long skipped() {
    return counters.read().get(new StatisticName("policy", "script_timers_skipped"));
  }

  @Test
  void aTimerRunsOnOneNodeOnly() {
    isMine = false;
    timers.due(timer("a"));
    assertEquals(0, started.size());
    isMine = true;
    timers.due(timer("a"));
    started.remove().run();
    assertEquals(List.of("a"), ran);
  }

  @Test
  void aTimerNeverRunsTwiceAtOnce() {
    timers.due(timer("a"));
    timers.due(timer("a"));
    timers.due(timer("b"));
    assertEquals(2, started.size());
    assertEquals(1, skipped());
    started.remove().run();
    started.remove().run();
    timers.due(timer("a"));
    started.remove().run();
    assertEquals(List.of("a", "b", "a"), ran);
    assertEquals(1, skipped());
  }

  @Test
  void aReloadLetsATimerCountOnAndRunItsNewRoute() {
    var clock = new ScheduledThreadPoolExecutor(1);
    try (var own =
        new Timers(engine, new QuietWorld(), () -> true, counters, clock, Runnable::run)) {
      own.schedule(List.of(timer("a"), timer("gone")));
      var counting = Set.copyOf(clock.getQueue());
      own.schedule(
          List.of(
              new Program.Timer("a", 3_600, _ -> ran.add("anew")),
              new Program.Timer("b", 60, _ -> ran.add("b"))));
      var still = clock.getQueue().stream().filter(one -> !((Future<?>) one).isCancelled());
      assertEquals(1, still.filter(counting::contains).count());
      assertEquals(3, clock.getQueue().size());
    }
  }

  @Test
  void theIntervalPassesAndTheTimerRuns() throws InterruptedException {
    var twice = new CountDownLatch(2);
    try (var own = new Timers(engine, new QuietWorld(), () -> true, counters)) {
      own.schedule(List.of(new Program.Timer("tick", 1, _ -> twice.countDown())));
      twice.await();
    }
    assertEquals(0, twice.getCount());
  }
}
