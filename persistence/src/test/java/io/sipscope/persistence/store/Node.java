package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.dialog.DialogSettings;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.Tracing;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.dialog.Rung;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.stream.javadsl.Sink;

/// As much of a node as a store needs: an actor system, the store, and dialogs that are started by
/// hand instead of by their shard.
final class Node implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ActorTestKit kit;
  private final Store store;
  private final Counters counters = new Counters();
  private Tracing tracing = Tracing.NONE;

  /// @param config as [Store#configure] answered it; a second node on it has the same store
  Node(Config config) {
    kit = ActorTestKit.create("node", config);
    store = Store.open(kit.system(), counters);
  }

  Store store() {
    return store;
  }

  ActorSystem<Void> system() {
    return kit.system();
  }

  DialogIndex index() {
    return store.index();
  }

  long count(String group, String name) {
    return counters.counter(group, name).sum();
  }

  /// Asserts until it holds.
  void eventually(Runnable assertion) {
    TestProbe.create(kit.system())
        .awaitAssert(
            PATIENCE,
            () -> {
              assertion.run();
              return true;
            });
  }

  /// Dialogs that are started from now on trace.
  void trace(Tracing other) {
    tracing = other;
  }

  ActorRef<Dialog.Command> dialog(String key) {
    var settings = DialogSettings.from(kit.system().settings().config()).with(tracing);
    return kit.spawn(Dialog.create(key, settings));
  }

  void stop(ActorRef<Dialog.Command> dialog) {
    kit.stop(dialog);
  }

  CompletionStage<Dialog.Ack> offer(ActorRef<Dialog.Command> dialog, Capture... burst) {
    return AskPattern.ask(
        dialog,
        (ActorRef<Dialog.Ack> replyTo) -> new Dialog.Observe(List.of(burst), replyTo),
        PATIENCE,
        kit.scheduler());
  }

  Dialog.Ack observe(ActorRef<Dialog.Command> dialog, Capture... burst) {
    return await(offer(dialog, burst));
  }

  Optional<DialogRow> describe(ActorRef<Dialog.Command> dialog) {
    return await(AskPattern.ask(dialog, Dialog.Describe::new, PATIENCE, kit.scheduler())).dialog();
  }

  List<Rung> history(String key, long at) {
    return await(store.history().messages(key, at).runWith(Sink.seq(), kit.system()));
  }

  CompletionStage<Void> write(List<DialogRow> rows) {
    return switch (store) {
      case SqlStore sql -> sql.writer().write(List.of(), rows, Samples.T0 / 1_000_000);
      case CassandraStore cassandra -> cassandra.writer().write(rows);
    };
  }

  List<DialogRow> search(DialogQuery query) {
    return await(index().search(query, Optional.empty(), 100, Long.MAX_VALUE)).rows();
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    store.close();
  }
}
