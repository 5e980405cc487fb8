package io.sipscope.persistence.events;

/// Whether this thread is delivering an event. What it logs and what it waits for meanwhile raises
/// no event: else one would beget the next for ever.
public final class Delivering {
  private static final ScopedValue<Boolean> NOW = ScopedValue.newInstance();

  private Delivering() {}

  /// Runs what delivers events.
  public static void during(Runnable what) {
    ScopedValue.where(NOW, true).run(what);
  }

  public static boolean isNow() {
    return NOW.isBound();
  }
}
