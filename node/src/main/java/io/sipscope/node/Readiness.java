package io.sipscope.node;

import io.sipscope.node.cluster.Membership;
import io.sipscope.persistence.store.Store;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;

/// Whether this node takes traffic: it is a member of the cluster, its sockets are bound, and its
/// store answered a moment ago.
final class Readiness {
  private static final Duration CHECK = Duration.ofSeconds(2);

  private final Membership membership;
  private volatile boolean storeAnswers;
  private volatile boolean bound;
  private volatile boolean stopping;

  Readiness(ActorSystem<?> system, Membership membership, Store store) {
    this.membership = membership;
    var checks =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                Duration.ZERO, CHECK, () -> check(store), system.executionContext());
    system.getWhenTerminated().whenComplete((_, _) -> checks.cancel());
  }

  private void check(Store store) {
    store.alive().whenComplete((alive, failure) -> storeAnswers = failure == null && alive);
  }

  void socketsAreBound() {
    bound = true;
  }

  void isStopping() {
    stopping = true;
  }

  /// Why not, one sentence; empty when it is ready.
  Optional<String> unready() {
    if (stopping) {
      return Optional.of("This node is stopping.");
    }
    if (!membership.isUp()) {
      return Optional.of("This node is not a member of the cluster yet.");
    }
    if (!storeAnswers) {
      return Optional.of("The store does not answer.");
    }
    return bound ? Optional.empty() : Optional.of("The HEP sockets are not bound yet.");
  }
}
