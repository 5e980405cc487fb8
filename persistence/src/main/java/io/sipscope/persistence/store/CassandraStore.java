package io.sipscope.persistence.store;

import io.sipscope.persistence.cassandra.CassandraConnection;
import io.sipscope.persistence.cassandra.CassandraWriter;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.statistics.Counters;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/// A Cassandra cluster, which has the journal and the index.
final class CassandraStore implements Store {
  private final CassandraConnection connection;
  private final DialogHistory history;

  private CassandraStore(CassandraConnection connection, DialogHistory history) {
    this.connection = connection;
    this.history = history;
  }

  /// Waits for a cluster that is not there yet and makes its tables where they are missing.
  ///
  /// @throws Store.Unavailable one sentence on what is wrong
  static CassandraStore open(ActorSystem<?> system, Counters counters) {
    try {
      var connection = CassandraConnection.open(system.classicSystem(), counters);
      return new CassandraStore(connection, new JournalHistory(system, connection::page));
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
  public CompletionStage<Boolean> alive() {
    return connection.alive();
  }

  @Override
  public void close() {
    connection.close();
  }
}
