package io.sipscope.persistence.statistics;

import java.util.function.Supplier;

/// Where it is told what took too long, once somebody listens: the store is there before the events
/// are, which need a database and a resolver themselves.
public final class Slowness {

  /// Is told by the thread that waited: it must not block.
  @FunctionalInterface
  public interface Listener {
    /// @param source as OpenSIPS names it: `pgsql query`, `dns`, `tcp ops`
    /// @param what took so long, made only if somebody wants it
    void slow(String source, long nanos, Supplier<String> what);
  }

  private volatile Listener listener = (_, _, _) -> {};

  /// Tells this one from now on.
  public void tell(Listener who) {
    listener = who;
  }

  void slow(String source, long nanos, Supplier<String> what) {
    listener.slow(source, nanos, what);
  }
}
