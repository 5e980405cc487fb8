package io.sipscope.persistence.store;

import io.sipscope.persistence.cassandra.CassandraConnection;
import io.sipscope.persistence.cassandra.CassandraWriter;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.Trunks;
import io.sipscope.persistence.legs.LegSettings;
import io.sipscope.persistence.notes.NoteStore;
import io.sipscope.persistence.recording.ChoiceStore;
import io.sipscope.persistence.recording.SampleStore;
import io.sipscope.persistence.reindex.Reindex;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Slowness;
import io.sipscope.persistence.trace.TraceMemory;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.serialization.SerializationExtension;

/// A Cassandra cluster, which has the journal and the index.
final class CassandraStore implements Store {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /// No answer for so long is none.
  private static final long LATE_NANOS = 4_000_000_000L;

  private final CassandraConnection connection;
  private final DialogHistory history;
  private final Reindex reindex;

  private final Cancellable looking;
  private volatile long lastAnswer = System.nanoTime();

  private CassandraStore(
      ActorSystem<?> system,
      CassandraConnection connection,
      DialogHistory history,
      Reindex reindex) {
    this.connection = connection;
    this.history = history;
    this.reindex = reindex;
    looking =
        system
            .scheduler()
            .scheduleWithFixedDelay(LOOK, LOOK, this::look, system.executionContext());
  }

  private void look() {
    connection
        .alive()
        .whenComplete(
            (answers, failure) -> {
              if (failure == null && answers) {
                lastAnswer = System.nanoTime();
              }
            });
  }

  /// Waits for a cluster that is not there yet and makes its tables where they are missing.
  ///
  /// @throws Store.Unavailable one sentence on what is wrong
  static CassandraStore open(ActorSystem<?> system, Counters counters, Slowness slowness) {
    try {
      var connection = CassandraConnection.open(system.classicSystem(), counters, slowness);
      return new CassandraStore(
          system,
          connection,
          new JournalHistory(system, connection::page, connection.notes()),
          new Reindex(
              connection.rebuild(),
              SerializationExtension.get(system),
              Trunks.from(system.settings().config()),
              LegSettings.links(system.settings().config()),
              Clock.systemUTC()));
    } catch (CassandraConnection.Refused e) {
      var cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
      throw new Unavailable("the store cannot be opened: " + e.getMessage() + cause, e);
    }
  }

  CassandraWriter writer() {
    return connection.writer();
  }

  @Override
  public DialogIndex index() {
    return connection.index();
  }

  @Override
  public DialogHistory history() {
    return history;
  }

  @Override
  public SampleStore samples() {
    return connection.samples();
  }

  @Override
  public ChoiceStore choice() {
    return connection.choice();
  }

  /// What is written has a time to live.
  @Override
  public Optional<Sweep> sweep() {
    return Optional.empty();
  }

  @Override
  public NoteStore notes() {
    return connection.kept();
  }

  @Override
  public TraceMemory traces() {
    return connection.traces();
  }

  @Override
  public Optional<String> trouble() {
    return System.nanoTime() - lastAnswer < LATE_NANOS
        ? Optional.empty()
        : Optional.of("The store does not answer.");
  }

  @Override
  public Reindex reindex() {
    return reindex;
  }

  @Override
  public void close() {
    looking.cancel();
    reindex.close();
    connection.close();
  }
}
