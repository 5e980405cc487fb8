package io.sipscope.persistence.cassandra;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.journal.JournalEntry;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Queries;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events, and makes the dialogs they belong to findable before anyone is told.
///
/// A dialog is first put on the lists it will be found by ([DialogLists]), then its event and its
/// row are written as one mutation ([DialogPartition]), then the write is done. Whatever crashes
/// between two steps: a list that names what was never written is harmless, as the row decides,
/// and what was written is on its lists. So there is nothing to catch up with, not even for an
/// event that was written and not acknowledged.
///
/// While the cluster is away, what was taken in is kept and tried again. What it refuses fails
/// alone.
///
/// Counts, in group `journal`: `events_written`, `rows_written`, `write_failures`, `refused`.
public final class CassandraWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CassandraWriter.class);
  private static final long FIRST_PAUSE_MILLIS = 100;

  /// The pause doubles up to this often: 6.4 s.
  private static final int MAX_DOUBLINGS = 6;

  private final DialogLists lists;
  private final DialogPartition dialogs;
  private final CassandraSettings settings;
  private final LongAdder eventsWritten;
  private final LongAdder rowsWritten;
  private final LongAdder writeFailures;
  private final LongAdder refused;
  private final ScheduledExecutorService retries =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("journal-retry").daemon().factory());

  private final LongAdder bytesWritten;
  private final LongAdder writeMicros;
  private final Queries queries;

  // Guarded by this.
  private final Queue<Write> waiting = new ArrayDeque<>();
  private int inFlight;
  private boolean closing;

  private record Write(
      List<JournalEntry> events, List<DialogRow> rows, CompletableFuture<Void> done) {}

  CassandraWriter(
      DialogLists lists,
      DialogPartition dialogs,
      CassandraSettings settings,
      Counters counters,
      Queries queries) {
    this.lists = lists;
    this.dialogs = dialogs;
    this.settings = settings;
    this.queries = queries;
    bytesWritten = counters.counter("journal", "bytes_written");
    writeMicros = counters.counter("journal", "write_us");
    counters.gauge("journal", "waiting", this::waiting);
    eventsWritten = counters.counter("journal", "events_written");
    rowsWritten = counters.counter("journal", "rows_written");
    writeFailures = counters.counter("journal", "write_failures");
    refused = counters.counter("journal", "refused");
  }

  /// Writes events of one dialog and the row it came to by them, all or nothing; completes when
  /// they are durable.
  CompletionStage<Void> write(List<JournalEntry> events, Optional<DialogRow> row) {
    return offer(new Write(List.copyOf(events), row.stream().toList(), new CompletableFuture<>()));
  }

  /// Writes rows of dialogs without an event. Of two rows of one dialog the one with more messages
  /// stays.
  public CompletionStage<Void> write(List<DialogRow> rows) {
    return offer(new Write(List.of(), List.copyOf(rows), new CompletableFuture<>()));
  }

  private CompletionStage<Void> offer(Write write) {
    var why = admit(write);
    if (why.isPresent()) {
      refused.increment();
      write.done.completeExceptionally(new RejectedExecutionException(why.get()));
    } else {
      begin();
    }
    return write.done;
  }

  private synchronized Optional<String> admit(Write write) {
    if (closing) {
      return Optional.of("the store is closing");
    }
    if (waiting.size() >= settings.maxWaiting()) {
      return Optional.of("too many events wait for the store");
    }
    waiting.add(write);
    return Optional.empty();
  }

  /// Begins with what waits, as far as there is room.
  private void begin() {
    for (var write = next(); write.isPresent(); write = next()) {
      attempt(write.get(), 0);
    }
  }

  private synchronized long waiting() {
    return waiting.size();
  }

  private synchronized Optional<Write> next() {
    if (inFlight >= settings.inFlight() || waiting.isEmpty()) {
      return Optional.empty();
    }
    inFlight++;
    return Optional.of(waiting.remove());
  }

  private void attempt(Write write, int failures) {
    long begun = System.nanoTime();
    written(write)
        .whenComplete(
            (_, failure) -> {
              long nanos = System.nanoTime() - begun;
              queries.took(
                  nanos, () -> write.events.size() + " events, " + write.rows.size() + " rows");
              if (failure == null) {
                writeMicros.add(nanos / 1_000);
                write.events.forEach(event -> bytesWritten.add(event.payload().length()));
                eventsWritten.add(write.events.size());
                rowsWritten.add(write.rows.size());
                end(write, Optional.empty());
              } else {
                failed(write, failures, CassandraAway.unwrapped(failure));
              }
            });
  }

  private CompletionStage<Void> written(Write write) {
    try {
      var listed = write.rows.stream().map(row -> lists.add(row).toCompletableFuture());
      return CompletableFuture.allOf(listed.toArray(CompletableFuture[]::new))
          .thenCompose(_ -> stored(write));
    } catch (RuntimeException e) {
      // What the driver refuses to send must reach whoever waits for it.
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<Void> stored(Write write) {
    if (!write.events.isEmpty()) {
      return dialogs.append(write.events, write.rows.stream().findFirst());
    }
    var replaced = new ArrayList<CompletableFuture<Void>>();
    for (var row : write.rows) {
      replaced.add(dialogs.replace(row).toCompletableFuture());
    }
    return CompletableFuture.allOf(replaced.toArray(CompletableFuture[]::new));
  }

  private void failed(Write write, int failures, Throwable failure) {
    writeFailures.increment();
    if (!CassandraAway.isWhy(failure)) {
      end(write, Optional.of(failure));
      return;
    }
    if (failures == 0) {
      LOG.warn("the store is away, a write is tried again: {}", failure.toString());
    }
    long pause = FIRST_PAUSE_MILLIS << Math.min(failures, MAX_DOUBLINGS);
    try {
      var unused =
          retries.schedule(() -> attempt(write, failures + 1), pause, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      failure.addSuppressed(e);
      end(write, Optional.of(failure));
    }
  }

  private void end(Write write, Optional<Throwable> failure) {
    synchronized (this) {
      inFlight--;
      notifyAll();
    }
    failure.ifPresentOrElse(write.done::completeExceptionally, () -> write.done.complete(null));
    begin();
  }

  /// Writes what waits; what the store does not take within the patience fails.
  @Override
  public void close() {
    var left = new ArrayList<Write>();
    synchronized (this) {
      closing = true;
      long end = System.nanoTime() + settings.closingPatience().toNanos();
      try {
        for (long rest = end - System.nanoTime();
            rest > 0 && (inFlight > 0 || !waiting.isEmpty());
            rest = end - System.nanoTime()) {
          TimeUnit.NANOSECONDS.timedWait(this, rest);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      left.addAll(waiting);
      waiting.clear();
    }
    retries.shutdownNow();
    var why = new TimeoutException("the store closed before it took the write");
    left.forEach(write -> write.done.completeExceptionally(why));
  }
}
