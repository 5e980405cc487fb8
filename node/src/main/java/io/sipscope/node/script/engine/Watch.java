package io.sipscope.node.script.engine;

import io.sipscope.node.Repeated;
import io.sipscope.persistence.events.Events;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Decides whether the script is watched: while somebody has switched it on, or waits for
/// [ScriptProfile#EVENT]. Otherwise a program runs that knows of no watching.
public final class Watch implements AutoCloseable {
  /// How soon it is noticed that somebody subscribed.
  private static final long LOOK_MILLIS = 100;

  private final RunningScript script;
  private final ScriptProfile profile;
  private final Events events;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("script-watch").daemon().factory());
  private boolean isOn;
  private boolean isWatched;

  public Watch(RunningScript script, ScriptProfile profile, Events events) {
    this.script = script;
    this.profile = profile;
    this.events = events;
  }

  public Watch start() {
    var _ =
        clock.scheduleWithFixedDelay(
            new Repeated("the profiling of the script", this::look),
            LOOK_MILLIS,
            LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
    return this;
  }

  public synchronized boolean isOn() {
    return isOn;
  }

  /// Since it was switched on the last time.
  public SortedMap<Integer, Long> hits() {
    return profile.hits();
  }

  /// Lines are counted from 0 on when it is switched on.
  public synchronized void switchTo(boolean on) {
    if (on && !isOn) {
      profile.forget();
    }
    isOn = on;
    look();
  }

  synchronized void look() {
    boolean wanted = isOn || events.isAwaited(ScriptProfile.EVENT);
    if (wanted != isWatched) {
      isWatched = wanted;
      script.watch(wanted ? Optional.of(profile) : Optional.empty());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
