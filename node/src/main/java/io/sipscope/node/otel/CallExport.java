package io.sipscope.node.otel;

import io.sipscope.http.otlp.TraceExport;
import io.sipscope.node.Repeated;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.dialog.DialogListener;
import io.sipscope.persistence.dialog.Standing;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.dialog.Rung;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Exports each call that has ended as a trace, from the node where its dialog lives: it is read
/// back from the journal a moment later, made a trace of, and handed to the sender. Nothing here
/// keeps a dialog waiting; what there is no room for is dropped and counted.
public final class CallExport implements DialogListener, TraceExport, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CallExport.class);
  private static final String GROUP = "otlp";

  /// A trace is made of a dialog's first messages: it is held in memory meanwhile.
  private static final int MOST_MESSAGES = 5_000;

  /// Dialogs read at once: the journal has other readers.
  private static final int READ_AT_ONCE = 4;

  private static final Duration LOOK = Duration.ofMillis(100);

  private final ActorSystem<?> system;
  private final DialogHistory history;
  private final TraceEncoding encoding;
  private final Optional<TraceSender> sender;
  private final Settling settling;
  private final Semaphore reading = new Semaphore(READ_AT_ONCE);
  private final ExecutorService making =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("otlp-trace").factory());
  private final LongAdder dropped;
  private final LongAdder unreadable;
  private final Cancellable looking;

  /// @param instance this node's name
  public CallExport(
      ActorSystem<?> system,
      OtlpSettings settings,
      DialogHistory history,
      Counters counters,
      String instance) {
    this.system = system;
    this.history = history;
    this.encoding = new TraceEncoding(settings.serviceName(), instance);
    this.settling = new Settling(settings.waiting(), settings.settle().toNanos());
    sender =
        settings
            .endpoint()
            .map(endpoint -> new TraceSender(settings, endpoint, encoding, counters));
    dropped = counters.counter(GROUP, "traces_dropped");
    unreadable = counters.counter(GROUP, "traces_failed");
    counters.gauge(GROUP, "calls_settling", settling::size);
    looking =
        sender.isEmpty()
            ? Cancellable.alreadyCancelled()
            : system
                .scheduler()
                .scheduleWithFixedDelay(
                    LOOK,
                    LOOK,
                    new Repeated("the export of calls", this::readDue),
                    system.executionContext());
  }

  @Override
  public void changed(Optional<Standing> before, Standing after, DialogRow row) {
    if (sender.isPresent()
        && after.call()
        && isOver(after.phase())
        && !settling.ended(row.key(), System.nanoTime())) {
      dropped.increment();
    }
  }

  private static boolean isOver(Phase phase) {
    return switch (phase) {
      case TERMINATED, FAILED, CANCELLED, EXPIRED -> true;
      case TRYING, EARLY, CONFIRMED -> false;
    };
  }

  private void readDue() {
    while (reading.tryAcquire()) {
      var due = settling.due(System.nanoTime(), 1);
      if (due.isEmpty()) {
        reading.release();
        return;
      }
      read(due.getFirst());
    }
  }

  private void read(String key) {
    history
        .messages(key, Long.MAX_VALUE)
        .take(MOST_MESSAGES)
        .runWith(Sink.seq(), system)
        .thenAcceptAsync(rungs -> offer(key, rungs), making)
        .whenComplete((_, failure) -> wasRead(key, Optional.ofNullable(failure)));
  }

  private void offer(String key, List<Rung> rungs) {
    if (!rungs.isEmpty()) {
      export(key, rungs);
    }
  }

  private void wasRead(String key, Optional<Throwable> failure) {
    reading.release();
    failure.ifPresent(
        cause -> {
          unreadable.increment();
          LOG.debug("no trace could be made of {}", key, cause);
        });
    readDue();
  }

  @Override
  public String traceId(String key) {
    return CallTrace.idOf(key);
  }

  @Override
  public Answer export(String key, List<Rung> rungs) {
    if (sender.isEmpty()) {
      return Answer.OFF;
    }
    return sender.get().offer(CallTrace.of(key, rungs)) ? Answer.TAKEN : Answer.FULL;
  }

  @Override
  public byte[] json(String key, List<Rung> rungs) {
    return encoding.jsonBytes(CallTrace.of(key, rungs));
  }

  /// Sends what is ready; calls that wait to settle are not exported any more.
  @Override
  public void close() {
    looking.cancel();
    making.shutdown();
    sender.ifPresent(TraceSender::close);
    int left = settling.size();
    if (left > 0) {
      dropped.add(left);
      LOG.warn("{} calls ended too shortly before the stop to be exported", left);
    }
  }
}
