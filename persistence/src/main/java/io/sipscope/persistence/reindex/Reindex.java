package io.sipscope.persistence.reindex;

import io.sipscope.persistence.index.IndexTable.Change;
import io.sipscope.persistence.index.Trunks;
import io.sipscope.persistence.journal.JournalEntry;
import io.sipscope.protocol.link.LinkRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.serialization.Serialization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds the index anew from the journal while everything else goes on: every event is read once,
/// in the journal's order, and each dialog's row written as they tell it. Rows that the ingest
/// wrote meanwhile have more messages and stay. It can be done again at any time, and leaves an
/// index that is right as it is.
///
/// One thread and one connection, some events at a time; after each step it rests for as long as
/// that took, so that the ingest has the store before it. Memory is bounded whatever the journal
/// has: a step's events, a dialog's summary, the rows that wait to be written.
///
/// It ends with the node it runs on, and is then to be begun again.
public final class Reindex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reindex.class);

  /// Events of a step: of a few kilobytes each, and of some hundred at most.
  private static final int EVENTS = 200;

  /// Rows written together, and looked at together.
  private static final int ROWS = 200;

  private static final long FIRST_PAUSE_MILLIS = 100;

  /// The pause doubles up to this often: 3.2 s.
  private static final int MAX_DOUBLINGS = 5;

  /// A store that is away longer, some 30 s, is not waited for.
  private static final int MAX_FAILURES = 14;

  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Rebuild.Opening opening;
  private final Serialization serialization;
  private final Trunks trunks;
  private final LinkRules links;
  private final Clock clock;
  private volatile Progress progress = Progress.IDLE;
  private Optional<Run> running = Optional.empty();

  /// The node stops.
  private static final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /// @param links what other legs of a call are found by
  public Reindex(
      Rebuild.Opening opening,
      Serialization serialization,
      Trunks trunks,
      LinkRules links,
      Clock clock) {
    this.opening = opening;
    this.serialization = serialization;
    this.trunks = trunks;
    this.links = links;
    this.clock = clock;
  }

  public Progress progress() {
    return progress;
  }

  /// Begins; completes when it has begun. Fails with [Rebuild.Underway] when it had begun already,
  /// on this node or another, with [Rebuild.Failed] when the store does not answer.
  public synchronized CompletionStage<Progress> start() {
    if (running.filter(run -> !run.ended.isDone()).isPresent()) {
      return CompletableFuture.failedStage(
          new Rebuild.Underway("The index is being built already."));
    }
    var run = new Run(clock.instant());
    running = Optional.of(run);
    var unused = Thread.ofPlatform().name("reindex").daemon().start(run::run);
    return run.begun;
  }

  /// Not by an interrupt, which would close the file that H2 reads.
  @Override
  public void close() {
    Optional<Run> last;
    synchronized (this) {
      last = running;
    }
    last.ifPresent(
        run -> {
          run.stop.countDown();
          var unused =
              run.ended.completeOnTimeout(null, CLOSING.toMillis(), TimeUnit.MILLISECONDS).join();
        });
  }

  private final class Run {
    private final CompletableFuture<Progress> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Instant startedAt;
    private final TreeMap<String, Change> rows = new TreeMap<>();
    private OptionalLong allEvents = OptionalLong.empty();
    private Optional<Retold> dialog = Optional.empty();
    private long events;
    private long dialogs;
    private long rewritten;
    private long removed;
    private long damaged;

    Run(Instant startedAt) {
      this.startedAt = startedAt;
    }

    void run() {
      try {
        end(built());
      } catch (Rebuild.Underway e) {
        begun.completeExceptionally(e);
      } catch (Rebuild.Failed e) {
        if (!begun.completeExceptionally(e)) {
          end(failed("The store failed: " + e.getMessage(), e));
        }
      } catch (Stopped | InterruptedException e) {
        end(failed("This node stopped.", e));
      } catch (RuntimeException e) {
        begun.completeExceptionally(e);
        end(failed("It broke; the log of this node says why.", e));
      } finally {
        ended.complete(null);
      }
    }

    private Progress built()
        throws Rebuild.Failed, Rebuild.Underway, Stopped, InterruptedException {
      try (var rebuild = opening.open()) {
        progress = progress(Progress.State.RUNNING, "");
        begun.complete(progress);
        allEvents = tried(rebuild::events);
        walk(rebuild);
        sweep(rebuild);
      }
      var done = progress(Progress.State.DONE, "");
      LOG.info("the index was built anew: {}", done);
      return done;
    }

    /// Whoever sees that it ended may begin it again.
    private void end(Progress last) {
      ended.complete(null);
      progress = last;
    }

    private Progress failed(String reason, Exception why) {
      LOG.warn("building the index anew ended after {} dialogs", dialogs, why);
      return progress(Progress.State.FAILED, reason);
    }

    private void walk(Rebuild rebuild) throws Rebuild.Failed, Stopped, InterruptedException {
      var id = "";
      long sequence = 0;
      while (true) {
        long began = System.nanoTime();
        var after = new Position(id, sequence);
        var entries = tried(() -> rebuild.after(after.id(), after.sequence(), EVENTS));
        entries.forEach(this::add);
        if (entries.isEmpty()) {
          finishDialog();
          write(rebuild);
          return;
        }
        if (rows.size() >= ROWS) {
          write(rebuild);
        }
        id = entries.getLast().persistenceId();
        sequence = entries.getLast().sequence();
        events += entries.size();
        progress = progress(Progress.State.RUNNING, "");
        rest(began);
      }
    }

    private record Position(String id, long sequence) {}

    private void add(JournalEntry entry) {
      if (dialog.filter(known -> known.id().equals(entry.persistenceId())).isEmpty()) {
        finishDialog();
        dialog = Optional.of(new Retold(entry.persistenceId(), links));
      }
      dialog.get().add(entry, serialization);
    }

    private void finishDialog() {
      dialog.ifPresent(
          retold -> {
            var change = retold.change(trunks);
            rows.put(change.row().key(), change);
            dialogs++;
            damaged += retold.isDamaged() ? 1 : 0;
          });
      dialog = Optional.empty();
    }

    private void write(Rebuild rebuild) throws Rebuild.Failed, Stopped, InterruptedException {
      while (!rows.isEmpty()) {
        var some = rows.values().stream().limit(ROWS).toList();
        rewritten += tried(() -> rebuild.write(some));
        some.forEach(change -> rows.remove(change.row().key()));
      }
    }

    private void sweep(Rebuild rebuild) throws Rebuild.Failed, Stopped, InterruptedException {
      var key = "";
      do {
        long began = System.nanoTime();
        var after = key;
        var swept = tried(() -> rebuild.sweep(after, ROWS));
        removed += swept.removed();
        key = swept.last();
        rest(began);
      } while (!key.isEmpty());
    }

    private <T> T tried(Step<T> step) throws Rebuild.Failed, Stopped, InterruptedException {
      for (int failures = 0; ; failures++) {
        try {
          return step.take();
        } catch (Rebuild.Failed e) {
          if (!e.isPassing() || failures == MAX_FAILURES) {
            throw e;
          }
          pause(
              TimeUnit.MILLISECONDS.toNanos(FIRST_PAUSE_MILLIS)
                  << Math.min(failures, MAX_DOUBLINGS));
        }
      }
    }

    private void rest(long began) throws Stopped, InterruptedException {
      pause(System.nanoTime() - began);
    }

    private void pause(long nanos) throws Stopped, InterruptedException {
      if (stop.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new Stopped();
      }
    }

    Progress progress(Progress.State state, String reason) {
      boolean over = state == Progress.State.DONE || state == Progress.State.FAILED;
      return new Progress(
          state,
          dialogs,
          state == Progress.State.DONE ? OptionalLong.of(dialogs) : about(),
          rewritten,
          removed,
          damaged,
          Optional.of(startedAt),
          over ? Optional.of(clock.instant()) : Optional.empty(),
          reason);
    }

    /// As many dialogs an event as so far.
    private OptionalLong about() {
      return allEvents.isEmpty() || events == 0
          ? OptionalLong.empty()
          : OptionalLong.of(
              Math.max(dialogs, Math.round((double) allEvents.getAsLong() / events * dialogs)));
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T take() throws Rebuild.Failed;
  }
}
