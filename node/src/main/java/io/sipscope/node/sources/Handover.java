package io.sipscope.node.sources;

import io.sipscope.node.ingest.Arrival;
import io.sipscope.node.ingest.Batch;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// From the one thread on which a source reads to the door of the ingest, in order. When the ingest
/// takes no more, neither does this, and the thread waits: nothing is lost here.
public final class Handover {
  /// Messages that wait here: enough that neither side pauses for the other, and no more than some
  /// megabytes of the largest.
  private static final int WAITING = 256;

  /// Messages passed on at once: what one burst may have.
  private static final int BATCH = 64;

  /// Taking from the queue blocks: not among the actors.
  private static final String DISPATCHER = "sipscope.blocking-dispatcher";

  private final BlockingQueue<Optional<Arrival>> queue = new ArrayBlockingQueue<>(WAITING);
  private final CompletionStage<Done> ended;
  private boolean last;

  public Handover(ActorSystem<?> system, Sink<Batch, NotUsed> door) {
    this.ended =
        Source.unfoldResource(() -> this, Handover::next, _ -> {})
            .async(DISPATCHER)
            .watchTermination(Keep.right())
            .to(door)
            .run(system);
  }

  /// Waits until there is room, or until the ingest has ended: then there is nobody to give it to.
  public void put(Arrival arrival) {
    enqueue(Optional.of(arrival));
  }

  /// Nothing comes any more. Completes when all that came is in the ingest.
  public CompletionStage<Done> end() {
    enqueue(Optional.empty());
    return ended;
  }

  private void enqueue(Optional<Arrival> item) {
    boolean interrupted = false;
    boolean placed = false;
    while (!placed && !ended.toCompletableFuture().isDone()) {
      try {
        placed = queue.offer(item, 1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true; // nobody may lose a message by it
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// What waits, at least one; empty at the end.
  private Optional<Batch> next() throws InterruptedException {
    if (last) {
      return Optional.empty();
    }
    var arrivals = new ArrayList<Arrival>(BATCH);
    var item = queue.take();
    while (true) {
      if (item.isEmpty()) {
        last = true;
        break;
      }
      arrivals.add(item.get());
      var more = arrivals.size() < BATCH ? queue.poll() : null;
      if (more == null) {
        break;
      }
      item = more;
    }
    return arrivals.isEmpty() ? Optional.empty() : Optional.of(new Batch(arrivals));
  }
}
