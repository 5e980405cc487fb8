package io.sipscope.node;

import io.sipscope.node.cluster.Membership;
import io.sipscope.persistence.store.Store;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether this node takes traffic: it is a member of the cluster, its sockets are bound, and its
/// store can be used.
final class Readiness {
  private final Membership membership;
  private final Store store;
  private volatile Supplier<String> held = () -> "";
  private volatile boolean bound;
  private volatile boolean stopping;

  Readiness(Membership membership, Store store) {
    this.membership = membership;
    this.store = store;
  }

  /// @param held what waits for the store, one sentence; empty when nothing does
  void holds(Supplier<String> held) {
    this.held = held;
  }

  void socketsAreBound() {
    bound = true;
  }

  void isStopping() {
    stopping = true;
  }

  /// Why not, and what waits meanwhile; empty when it is ready.
  Optional<String> unready() {
    var cause = cause();
    return cause.isPresent() && cause.equals(store.trouble())
        ? cause.map(sentence -> (sentence + " " + held.get()).strip())
        : cause;
  }

  /// Why not; empty when it is ready. It stays the same for as long as the cause does.
  Optional<String> cause() {
    if (stopping) {
      return Optional.of("This node is stopping.");
    }
    var trouble = store.trouble();
    if (trouble.isPresent()) {
      return trouble;
    }
    if (!membership.isUp()) {
      return Optional.of("This node is not a member of the cluster yet.");
    }
    return bound ? Optional.empty() : Optional.of("The HEP sockets are not bound yet.");
  }
}
