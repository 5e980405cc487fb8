package io.sipscope.node;

import io.sipscope.node.ingest.Ingest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way out, in phases, each bounded in time (`shutdown.conf`): stop listening; finish the
/// requests and store what is held; Pekko's own (hand the shards over, leave the cluster); close
/// the store.
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  /// Requests that take longer are cut off: live views never end by themselves.
  private static final Duration REQUESTS = Duration.ofSeconds(2);

  private enum Why implements CoordinatedShutdown.Reason {
    ASKED_TO,
    INGEST_BROKE
  }

  private final CoordinatedShutdown phases;

  Shutdown(ActorSystem<?> system) {
    phases = CoordinatedShutdown.get(system);
  }

  static CompletionStage<Done> run(ActorSystem<?> system) {
    return CoordinatedShutdown.get(system).runAll(Why.ASKED_TO);
  }

  void stopListening(String what, Supplier<CompletionStage<Done>> close) {
    phases.addTask(CoordinatedShutdown.PhaseServiceUnbind(), what, close);
  }

  void stopListening(String what, Runnable close) {
    stopListening(
        what,
        () -> {
          close.run();
          return done();
        });
  }

  void finishRequests(ServerBinding http) {
    stopListening("http", http::unbind);
    phases.addTask(
        CoordinatedShutdown.PhaseServiceRequestsDone(),
        "http",
        () -> http.terminate(REQUESTS).thenApply(_ -> Done.getInstance()));
  }

  /// A node whose ingest broke is of no use, and is better started anew.
  void drain(Ingest ingest) {
    phases.addTask(CoordinatedShutdown.PhaseServiceRequestsDone(), "ingest", ingest::drain);
    phases.addTask(
        CoordinatedShutdown.PhaseServiceStop(),
        "account",
        () -> {
          long lost = ingest.inFlight();
          if (lost > 0) {
            LOG.warn("{} messages were received and could not be stored before the stop", lost);
          }
          return done();
        });
    ingest
        .whenDone()
        .whenComplete(
            (_, failure) -> {
              if (failure != null && phases.getShutdownReason().isEmpty()) {
                LOG.error("the ingest broke, this node stops", failure);
                phases.runAll(Why.INGEST_BROKE);
              }
            });
  }

  /// What is done while this node is a member still and has stored what it held.
  void beforeLeaving(String what, Supplier<CompletionStage<Done>> task) {
    phases.addTask(CoordinatedShutdown.PhaseBeforeClusterShutdown(), what, task);
  }

  /// Who subscribed is told of what happens on the way out, too.
  void sendEventsLast(Runnable close) {
    phases.addTask(
        CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
        "events",
        () -> {
          close.run();
          return done();
        });
  }

  /// The dialogs are stopped or elsewhere by then. What closes may block, and may wait for what
  /// the common pool does: on two cores that is one thread.
  void closeLast(String what, Runnable close) {
    phases.addTask(
        CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
        what,
        () ->
            CompletableFuture.runAsync(
                    close, task -> Thread.ofPlatform().name("close-" + what).start(task))
                .thenApply(_ -> Done.getInstance()));
  }

  private static CompletionStage<Done> done() {
    return CompletableFuture.completedStage(Done.getInstance());
  }
}
