package io.sipscope.persistence.journal;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.IndexTable;
import io.sipscope.persistence.sql.Pulse;
import io.sipscope.persistence.sql.StoreAway;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Queries;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events and the index rows that follow from them, both in one transaction: what the
/// journal has, a search finds, whatever crashes when. What waits is written together.
///
/// While the store is away, what was taken in is kept and tried again. What the store refuses fails
/// alone: the rest of its batch is then written one by one.
///
/// Counts, in group `journal`: `events_written`, `rows_written`, `batches_written`,
/// `write_failures`, `refused`.
public final class JournalWriter implements AutoCloseable {
  /// @param writers threads that write, with a connection each
  /// @param maxBatch writes in one transaction
  /// @param linger how long a writer waits for more to write together
  /// @param maxWaiting writes that may wait; more are refused
  /// @param patience how long [#close] waits for a store that is slow or away
  public record Settings(
      int writers, int maxBatch, Duration linger, int maxWaiting, Duration patience) {}

  /// What belongs together, and who waits for it.
  ///
  /// @param timestamp when, milliseconds since the epoch
  record Write(
      List<JournalEntry> events,
      List<DialogRow> rows,
      long timestamp,
      CompletableFuture<Void> done) {}

  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

  /// How often an idle writer looks whether it is to end.
  private static final long LOOK_MILLIS = 100;

  /// A batch is a matter of milliseconds; one that takes so long is held up.
  private static final long HELD_UP_NANOS = 4_000_000_000L;

  private final JournalTransaction transaction;
  private final Settings settings;
  private final BlockingQueue<Write> queue;
  private final List<Thread> threads;
  private final LongAdder eventsWritten;
  private final LongAdder rowsWritten;
  private final LongAdder batchesWritten;
  private final LongAdder writeFailures;
  private final LongAdder refused;
  private final LongAdder bytesWritten;
  private final LongAdder writeMicros;
  private final Queries queries;
  private final Pulse pulse;

  /// Since when each writer is at its batch, as [System#nanoTime].
  private final Map<Thread, Long> busySince = new ConcurrentHashMap<>();

  private volatile boolean failing;
  private volatile boolean closing;

  /// @param source a pool with a connection for each writer
  public JournalWriter(
      DataSource source,
      EventTable events,
      IndexTable index,
      Settings settings,
      Counters counters,
      Queries queries,
      Pulse pulse) {
    this.transaction = new JournalTransaction(source, events, index);
    this.settings = settings;
    this.queries = queries;
    this.pulse = pulse;
    pulse.onReturn(transaction::cutOff);
    queue = new ArrayBlockingQueue<>(settings.maxWaiting());
    eventsWritten = counters.counter("journal", "events_written");
    rowsWritten = counters.counter("journal", "rows_written");
    batchesWritten = counters.counter("journal", "batches_written");
    writeFailures = counters.counter("journal", "write_failures");
    refused = counters.counter("journal", "refused");
    bytesWritten = counters.counter("journal", "bytes_written");
    writeMicros = counters.counter("journal", "write_us");
    counters.gauge("journal", "waiting", queue::size);
    threads =
        IntStream.range(0, settings.writers())
            .mapToObj(i -> Thread.ofPlatform().name("journal-write-" + i).daemon().start(this::run))
            .toList();
  }

  /// Completes when all of it is durable; all or nothing. Of two rows with one key the one with
  /// more messages wins.
  ///
  /// @param timestamp when, milliseconds since the epoch
  public CompletionStage<Void> write(
      List<JournalEntry> events, List<DialogRow> rows, long timestamp) {
    var write = new Write(events, rows, timestamp, new CompletableFuture<>());
    if (closing || !queue.offer(write)) {
      refused.increment();
      write.done.completeExceptionally(
          new RejectedExecutionException(
              closing ? "the store is closing" : "too many events wait for the store"));
    }
    return write.done;
  }

  /// Why nothing can be written, one sentence; empty when it can, or there is nothing to write.
  public Optional<String> trouble() {
    long now = System.nanoTime();
    boolean heldUp = busySince.values().stream().anyMatch(since -> now - since >= HELD_UP_NANOS);
    return failing || heldUp
        ? Optional.of("The store answers, but takes no writes.")
        : Optional.empty();
  }

  /// Writes what waits; what the store does not take within the patience fails.
  @Override
  public void close() {
    closing = true;
    long end = System.nanoTime() + settings.patience().toNanos();
    try {
      for (var thread : threads) {
        thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var batch = new ArrayList<Write>(settings.maxBatch());
    try {
      while (take(batch)) {
        busySince.put(Thread.currentThread(), System.nanoTime());
        write(batch);
        busySince.remove(Thread.currentThread());
        batch.clear();
      }
    } catch (InterruptedException e) {
      queue.drainTo(batch);
      batch.forEach(write -> write.done.completeExceptionally(e));
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for something to write, and takes what else waits; false when there will be no more.
  private boolean take(List<Write> batch) throws InterruptedException {
    while (batch.isEmpty()) {
      var first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
        linger(batch);
      } else if (closing) {
        return false;
      }
    }
    return true;
  }

  /// A transaction costs about as much as some tens of rows: what comes within a moment shares it.
  private void linger(List<Write> batch) throws InterruptedException {
    long end = System.nanoTime() + settings.linger().toNanos();
    queue.drainTo(batch, settings.maxBatch() - batch.size());
    while (batch.size() < settings.maxBatch() && !closing) {
      var next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      batch.add(next);
      queue.drainTo(batch, settings.maxBatch() - batch.size());
    }
  }

  /// Completes each write, if need be after trying for as long as the store is away.
  private void write(List<Write> batch) throws InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        long begun = System.nanoTime();
        var written = transaction.commit(batch);
        took(System.nanoTime() - begun, batch);
        eventsWritten.add(written.events());
        rowsWritten.add(written.rows());
        batchesWritten.increment();
        batch.forEach(write -> write.done.complete(null));
        failing = false;
        return;
      } catch (SQLException e) {
        writeFailures.increment();
        if (!StoreAway.isWhy(e)) {
          failing = false;
          oneByOne(batch, e);
          return;
        }
        if (failures == 0) {
          LOG.warn("the store is away, {} writes are tried again: {}", batch.size(), e.toString());
        }
        failing = true;
        pulse.pause(failures);
      } catch (RuntimeException e) {
        // A defect of the driver must not end the thread that everyone waits for.
        LOG.error("{} writes failed", batch.size(), e);
        failing = false;
        batch.forEach(write -> write.done.completeExceptionally(e));
        return;
      }
    }
  }

  private void took(long nanos, List<Write> batch) {
    queries.took(nanos, transaction::sql);
    writeMicros.add(nanos / 1_000);
    for (var write : batch) {
      for (var event : write.events()) {
        bytesWritten.add(event.payload().length());
      }
    }
  }

  private void oneByOne(List<Write> batch, SQLException why) throws InterruptedException {
    if (batch.size() > 1) {
      for (var write : batch) {
        write(List.of(write));
      }
    } else {
      settle(batch.getFirst(), why);
    }
  }

  /// A connection that broke in mid-commit leaves open whether it was one. What is tried again and
  /// then refused may be there already, written by the very same.
  private void settle(Write write, SQLException why) throws InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        if (transaction.isCommitted(write)) {
          write.done.complete(null);
        } else {
          write.done.completeExceptionally(why);
        }
        return;
      } catch (SQLException e) {
        if (!StoreAway.isWhy(e)) {
          why.addSuppressed(e);
          write.done.completeExceptionally(why);
          return;
        }
        pulse.pause(failures);
      }
    }
  }
}
