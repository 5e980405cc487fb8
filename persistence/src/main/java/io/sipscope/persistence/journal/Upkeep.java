package io.sipscope.persistence.journal;

import io.sipscope.persistence.store.Sweep;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what a store needs to have done now and then, on a thread of its own. A failure is told
/// once and tried again next time.
public final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /// Something to be done again and again, which finds out by itself whether there is any.
  @FunctionalInterface
  public interface Task {
    /// @param now milliseconds since the epoch
    /// @return what went, as `2 segments`; empty when nothing was old enough
    String run(long now) throws SQLException;
  }

  private final Task task;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("store-upkeep").daemon().factory());
  private boolean failing;
  private volatile Optional<Sweep> last = Optional.empty();

  public Upkeep(Task task, Duration every) {
    this.task = task;
    long nanos = every.toNanos();
    var _ = thread.scheduleWithFixedDelay(this::run, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void run() {
    long now = System.currentTimeMillis();
    try {
      last = Optional.of(new Sweep(now, task.run(now), ""));
      failing = false;
    } catch (SQLException | RuntimeException e) {
      // What was under way when the store was closed is made up for at the next start.
      if (!failing && !thread.isShutdown()) {
        LOG.warn("the upkeep of the store failed, and is tried again: {}", e.toString());
      }
      failing = true;
      last = Optional.of(new Sweep(now, "", e.toString()));
    }
  }

  /// How it went the last time; empty before the first.
  public Optional<Sweep> last() {
    return last;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
