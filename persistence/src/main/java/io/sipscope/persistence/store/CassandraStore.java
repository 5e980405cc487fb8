package io.sipscope.persistence.store;

import io.sipscope.persistence.cassandra.CassandraConnection;
import io.sipscope.persistence.cassandra.CassandraWriter;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.statistics.Counters;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.cassandra.query.javadsl.CassandraReadJournal;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.stream.javadsl.Source;

/// A Cassandra cluster, which has the journal and the index.
final class CassandraStore implements Store {
  private final CassandraConnection connection;
  private final CassandraReadJournal journal;
  private final DialogHistory history;

  private CassandraStore(CassandraConnection connection, CassandraReadJournal journal) {
    this.connection = connection;
    this.journal = journal;
    history = new JournalHistory(this::events);
  }

  /// Waits for a cluster that is not there yet and makes its tables where they are missing.
  ///
  /// @throws Store.Unavailable one sentence on what is wrong
  static CassandraStore open(ActorSystem<?> system, Counters counters) {
    try {
      var connection = CassandraConnection.open(system.classicSystem(), counters);
      var journal =
          PersistenceQuery.get(system)
              .getReadJournalFor(CassandraReadJournal.class, CassandraReadJournal.Identifier());
      return new CassandraStore(connection, journal);
    } catch (CassandraConnection.Refused e) {
      var cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
      throw new Unavailable("the store cannot be opened: " + e.getMessage() + cause, e);
    }
  }

  /// Up to the last event there is: the plugin would look for more in partitions to come.
  private Source<EventEnvelope, NotUsed> events(String persistenceId) {
    return Source.completionStage(connection.highestSequence(persistenceId))
        .flatMapConcat(
            last ->
                last == 0
                    ? Source.<EventEnvelope>empty()
                    : journal.currentEventsByPersistenceId(persistenceId, 0, last));
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
  public CompletionStage<Boolean> alive() {
    return connection.alive();
  }

  @Override
  public void close() {
    connection.close();
  }
}
