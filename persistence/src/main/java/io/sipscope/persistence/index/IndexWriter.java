package io.sipscope.persistence.index;

import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.statistics.Counters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// One per node: writes the index rows of all dialogs that live here, many at a time, and
/// acknowledges their bursts once the rows are durable. Whoever has an acknowledgement finds the
/// dialog.
///
/// Rows of one dialog that wait together are written once, the newest; each of their bursts is
/// acknowledged. While the store is away rows wait and are tried again; what would wait beyond
/// [#MAX_WAITING] is refused: not acknowledged, so that its sender offers it again.
///
/// Counts, in group `index`: `rows_written`, `batches_written`, `write_failures`, `refused`.
public final class IndexWriter extends AbstractMatchingBehavior<IndexWriter.Command> {
  public sealed interface Command {}

  /// A dialog as it stands after a burst, and who waits for the burst's acknowledgement.
  public record Write(DialogRow row, ActorRef<Dialog.Ack> replyTo, Dialog.Ack ack)
      implements Command {}

  private record Written(Batch batch) implements Command {}

  private record Failed(Batch batch, Throwable cause) implements Command {}

  private record Retry(Batch batch) implements Command {}

  /// @param failures how often it could not be written so far
  private record Batch(List<Waiting> dialogs, int failures) {
    List<DialogRow> rows() {
      return dialogs.stream().map(waiting -> waiting.row).toList();
    }
  }

  /// One dialog's newest row, and the bursts that it covers.
  private static final class Waiting {
    private DialogRow row;
    private final List<Write> bursts = new ArrayList<>(1);

    Waiting(Write first) {
      row = first.row();
      bursts.add(first);
    }

    Waiting and(Write next) {
      if (next.row().summary().messages() >= row.summary().messages()) {
        row = next.row();
      }
      bursts.add(next);
      return this;
    }
  }

  /// Rows in one statement batch: past some hundreds a larger one is not faster, only later.
  static final int MAX_BATCH = 500;

  /// Batches on their way at once: one is written while the next is put together.
  static final int MAX_IN_FLIGHT = 2;

  /// Bursts that wait at most, well above what an ingest has in flight; a row is about 1 KB.
  static final int MAX_WAITING = 50_000;

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);

  /// The wait doubles up to this often: 6.4 s.
  private static final int MAX_DOUBLINGS = 6;

  private final DialogIndex index;
  private final LongAdder rowsWritten;
  private final LongAdder batchesWritten;
  private final LongAdder writeFailures;
  private final LongAdder refused;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private int inFlight;
  private int unacknowledged;

  public static Behavior<Command> create(DialogIndex index, Counters counters) {
    return Behaviors.setup(context -> new IndexWriter(context, index, counters));
  }

  private IndexWriter(ActorContext<Command> context, DialogIndex index, Counters counters) {
    super(context);
    this.index = index;
    rowsWritten = counters.counter("index", "rows_written");
    batchesWritten = counters.counter("index", "batches_written");
    writeFailures = counters.counter("index", "write_failures");
    refused = counters.counter("index", "refused");
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Write write -> accept(write);
      case Written(var batch) -> acknowledge(batch);
      case Failed(var batch, var cause) -> waitAndRetry(batch, cause);
      case Retry(var batch) -> write(batch);
    }
    return this;
  }

  private void accept(Write write) {
    if (unacknowledged >= MAX_WAITING) {
      refused.increment();
      return;
    }
    unacknowledged++;
    waiting.compute(
        write.row().key(), (_, known) -> known == null ? new Waiting(write) : known.and(write));
    writeWhatWaits();
  }

  private void writeWhatWaits() {
    while (inFlight < MAX_IN_FLIGHT && !waiting.isEmpty()) {
      inFlight++;
      write(nextBatch());
    }
  }

  /// Takes the dialogs that wait longest.
  private Batch nextBatch() {
    var dialogs = new ArrayList<Waiting>(Math.min(MAX_BATCH, waiting.size()));
    var oldest = waiting.values().iterator();
    while (oldest.hasNext() && dialogs.size() < MAX_BATCH) {
      dialogs.add(oldest.next());
      oldest.remove();
    }
    return new Batch(dialogs, 0);
  }

  private void write(Batch batch) {
    getContext()
        .pipeToSelf(
            index.write(batch.rows()),
            (_, failure) -> failure == null ? new Written(batch) : new Failed(batch, failure));
  }

  private void acknowledge(Batch batch) {
    rowsWritten.add(batch.dialogs().size());
    batchesWritten.increment();
    for (var dialog : batch.dialogs()) {
      for (var burst : dialog.bursts) {
        burst.replyTo().tell(burst.ack());
      }
      unacknowledged -= dialog.bursts.size();
    }
    inFlight--;
    writeWhatWaits();
  }

  private void waitAndRetry(Batch batch, Throwable cause) {
    writeFailures.increment();
    if (batch.failures() == 0) {
      getContext()
          .getLog()
          .warn(
              "{} dialogs could not be written to the index and are tried again: {}",
              batch.dialogs().size(),
              cause.toString());
    }
    var delay = FIRST_BACKOFF.multipliedBy(1L << Math.min(batch.failures(), MAX_DOUBLINGS));
    var again = new Batch(batch.dialogs(), batch.failures() + 1);
    getContext().scheduleOnce(delay, getContext().getSelf(), new Retry(again));
  }
}
