package io.sipscope.persistence.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feels whether the database answers, by a small question again and again on a thread and a
/// connection of its own: no pool and no queue is between. Everyone who needs the store asks here
/// before waiting for it.
///
/// A database that hangs answers nothing, not even an error; so what counts is when it last did.
public final class Pulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

  private static final Duration EVERY = Duration.ofMillis(500);

  /// No answer for so long is no pulse: six questions, longer than a pause of the JVM.
  private static final long LATE_NANOS = 3_000_000_000L;

  /// After an absence, what was begun before has so long to end by itself.
  private static final long GRACE_NANOS = 1_000_000_000L;

  /// Who tries again looks whether there is a pulse again so often.
  private static final long LOOK_MILLIS = 50;

  private static final long FIRST_PAUSE_MILLIS = 100;

  /// The pause between tries doubles up to this often: 0.8 s.
  private static final int MAX_DOUBLINGS = 3;

  /// Whoever waits for a pulse tries without one after so long: the pulse may be wrong.
  private static final long WITHOUT_MILLIS = 5_000;

  /// Opens the connection; its sockets must have timeouts of a few seconds.
  @FunctionalInterface
  public interface Opening {
    Connection open() throws SQLException;
  }

  /// The least there is to ask.
  public enum Question {
    ANY("select 1"),
    /// PostgreSQL says so when it is a standby or was made read-only.
    READ_ONLY("show transaction_read_only");

    private final String sql;

    Question(String sql) {
      this.sql = sql;
    }
  }

  private static final String READ_ONLY = "on";

  private final Opening opening;
  private final Question question;
  private final CountDownLatch first = new CountDownLatch(1);
  private final Thread thread;
  private volatile LongConsumer onReturn = _ -> {};
  private volatile long lastBeat = System.nanoTime() - LATE_NANOS;
  private volatile boolean beating;
  private volatile boolean readOnly;
  private volatile boolean closing;

  public Pulse(Opening opening, Question question) {
    this.opening = opening;
    this.question = question;
    thread = Thread.ofPlatform().name("store-pulse").daemon().start(this::run);
  }

  /// @param cut called on the thread of the pulse when the database is back for a second: what was
  ///     begun before that moment (as [System#nanoTime]) and has not ended waits for a connection
  ///     that is dead, which a network that was cut tells nobody
  public void onReturn(LongConsumer cut) {
    onReturn = cut;
  }

  /// Waits for the first beat of a database that was just there, for a few seconds at most.
  public void awaitFirst() {
    try {
      var _ = first.await(LATE_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public boolean beats() {
    return beating && System.nanoTime() - lastBeat < LATE_NANOS;
  }

  /// What is wrong, one sentence; empty when there is a pulse and it can be written.
  public Optional<String> trouble() {
    if (!beats()) {
      return Optional.of("The store does not answer.");
    }
    return readOnly ? Optional.of("The store is read-only.") : Optional.empty();
  }

  /// Pauses before a try is repeated, the longer the more failed before, and longer while there is
  /// no pulse; ends soon after there is one again.
  public void pause(int failures) throws InterruptedException {
    Thread.sleep(FIRST_PAUSE_MILLIS << Math.min(failures, MAX_DOUBLINGS));
    for (long waited = 0; !beats() && waited < WITHOUT_MILLIS; waited += LOOK_MILLIS) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private void run() {
    try {
      while (!closing) {
        try (var connection = opening.open()) {
          beatOn(connection);
        } catch (SQLException | RuntimeException e) {
          missed(e);
        }
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beatOn(Connection connection) throws SQLException, InterruptedException {
    long back = -1;
    try (var statement = connection.prepareStatement(question.sql)) {
      while (!closing) {
        try (var result = statement.executeQuery()) {
          readOnly = result.next() && READ_ONLY.equals(result.getString(1));
        }
        long now = System.nanoTime();
        boolean wasAway = !beats();
        lastBeat = now;
        beating = true;
        first.countDown();
        if (wasAway) {
          back = now;
        } else if (back != -1 && now - back >= GRACE_NANOS) {
          onReturn.accept(back);
          back = -1;
        }
        Thread.sleep(EVERY);
      }
    }
  }

  private void missed(Exception failure) {
    if (beating && !closing) {
      LOG.debug("the store does not answer", failure);
    }
    beating = false;
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(LATE_NANOS / 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
