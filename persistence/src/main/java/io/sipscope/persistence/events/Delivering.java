package io.sipscope.persistence.events;

/// Whether the current thread takes events to subscribers. What is logged meanwhile raises no
/// `E_CORE_LOG`, or each delivery that fails would be the next one's cause.
public final class Delivering {
  private static final ScopedValue<Boolean> HERE = ScopedValue.newInstance();

  private Delivering() {}

  /// Runs something that delivers.
  public static void during(Runnable work) {
    ScopedValue.where(HERE, true).run(work);
  }

  public static boolean isNow() {
    return HERE.isBound();
  }
}
