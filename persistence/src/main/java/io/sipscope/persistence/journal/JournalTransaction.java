package io.sipscope.persistence.journal;

import io.sipscope.persistence.index.Dialect;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.IndexRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import javax.sql.DataSource;

/// A batch of writes as one transaction. A connection that is closed without a commit rolls back:
/// the pool sees to it.
final class JournalTransaction {
  private static final String INSERT =
      """
      insert into event_journal (persistence_id, sequence_number, writer, write_timestamp,
        adapter_manifest, event_payload, event_ser_id, event_ser_manifest)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String WRITTEN =
      """
      select 1 from event_journal where persistence_id = ? and sequence_number = ? and writer = ?
      """;

  private final DataSource source;
  private final Dialect dialect;

  JournalTransaction(DataSource source, Dialect dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  record Written(int events, int rows) {}

  Written commit(List<JournalWriter.Write> batch) throws SQLException {
    var events = batch.stream().flatMap(write -> write.events().stream()).toList();
    var rows = rows(batch);
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(false);
      insert(connection, events);
      IndexRows.write(connection, dialect, rows);
      connection.commit();
    }
    return new Written(events.size(), rows.size());
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

  /// One row a dialog, by key: two nodes that write the same dialogs lock them in the same order.
  private static Collection<DialogRow> rows(List<JournalWriter.Write> batch) {
    var rows = new TreeMap<String, DialogRow>();
    for (var write : batch) {
      for (var row : write.rows()) {
        rows.merge(row.key(), row, JournalTransaction::newer);
      }
    }
    return rows.values();
  }

  private static DialogRow newer(DialogRow one, DialogRow other) {
    return one.summary().messages() > other.summary().messages() ? one : other;
  }

  private static void insert(Connection connection, List<JournalEntry> events) throws SQLException {
    try (var statement = connection.prepareStatement(INSERT)) {
      for (var event : events) {
        statement.setString(1, event.persistenceId());
        statement.setLong(2, event.sequence());
        statement.setString(3, event.writer());
        statement.setLong(4, event.timestamp());
        statement.setString(5, event.adapterManifest());
        statement.setBytes(6, event.payload().toArray());
        statement.setInt(7, event.serializer());
        statement.setString(8, event.manifest());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
