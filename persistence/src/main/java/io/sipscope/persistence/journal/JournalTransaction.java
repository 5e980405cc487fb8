package io.sipscope.persistence.journal;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.IndexTable;
import io.sipscope.persistence.index.IndexTable.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A batch of writes as one transaction. A connection that is closed without a commit rolls back:
/// the pool sees to it.
final class JournalTransaction {
  private static final Logger LOG = LoggerFactory.getLogger(JournalTransaction.class);

  private static final String WRITTEN =
      """
      select 1 from event_journal where persistence_id = ? and sequence_number = ? and writer = ?
      """;

  private final DataSource source;
  private final EventTable events;
  private final IndexTable index;

  /// The transactions under way, and when they began, as [System#nanoTime].
  private final Map<Connection, Long> open = new ConcurrentHashMap<>();

  JournalTransaction(DataSource source, EventTable events, IndexTable index) {
    this.source = source;
    this.events = events;
    this.index = index;
  }

  /// What writes the most of it.
  String sql() {
    return events.sql();
  }

  record Written(int events, int rows) {}

  /// Dialogs of a first event are new to the index. If one is not, because the index has more than
  /// the journal, the batch fails, and alone it is written as one that may be known.
  Written commit(List<JournalWriter.Write> batch) throws SQLException {
    var entries = new ArrayList<JournalEntry>(batch.size());
    var begun = new TreeMap<String, Change>();
    var known = new TreeMap<String, Change>();
    for (var write : batch) {
      entries.addAll(write.events());
      boolean isNew = batch.size() > 1 && isFirst(write);
      for (var row : write.rows()) {
        (isNew ? begun : known)
            .merge(row.key(), new Change(row, write.timestamp()), JournalTransaction::newer);
      }
    }
    try (var connection = source.getConnection()) {
      write(connection, entries, begun, known);
    }
    return new Written(entries.size(), begun.size() + known.size());
  }

  private void write(
      Connection connection,
      List<JournalEntry> entries,
      Map<String, Change> begun,
      Map<String, Change> known)
      throws SQLException {
    open.put(connection, System.nanoTime());
    try {
      connection.setAutoCommit(false);
      if (!entries.isEmpty()) {
        events.insert(connection, entries);
      }
      if (!begun.isEmpty()) {
        index.insert(connection, begun.values());
      }
      if (!known.isEmpty()) {
        index.update(connection, known.values());
      }
      connection.commit();
    } finally {
      open.remove(connection);
    }
  }

  /// Breaks off what began before a moment: it waits for a connection that is dead. Whether it was
  /// committed is found out when it is tried again.
  void cutOff(long begunBefore) {
    open.forEach(
        (connection, begun) -> {
          if (begun - begunBefore < 0) {
            try {
              connection.abort(Runnable::run);
            } catch (SQLException e) {
              LOG.debug("a dead connection could not be closed", e);
            }
          }
        });
  }

  private static boolean isFirst(JournalWriter.Write write) {
    return !write.events().isEmpty() && write.events().getFirst().sequence() == 1;
  }

  private static Change newer(Change one, Change other) {
    return messages(one.row()) > messages(other.row()) ? one : other;
  }

  private static long messages(DialogRow row) {
    return row.summary().messages();
  }

  /// Whether all events of a write are there, written by the same incarnations of their entities.
  boolean isCommitted(JournalWriter.Write write) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.prepareStatement(WRITTEN)) {
      for (var event : write.events()) {
        statement.setString(1, event.persistenceId());
        statement.setLong(2, event.sequence());
        statement.setString(3, event.writer());
        try (var found = statement.executeQuery()) {
          if (!found.next()) {
            return false;
          }
        }
      }
      return !write.events().isEmpty();
    }
  }
}
