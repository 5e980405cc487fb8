package io.sipscope.persistence.reindex;

import io.sipscope.persistence.dialog.Dialog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds and removes rows of the index that no event of the journal stands behind. An event and its
/// row are one transaction, so a dialog that is begun meanwhile has both or none.
final class IndexSweep {
  private static final String ROWS =
      "select dialog_key, messages from dialog_index where dialog_key > ? order by dialog_key"
          + " limit ?";

  /// Asked for by themselves: as part of the other question PostgreSQL reads the whole journal for
  /// them.
  private static final String FOUNDED =
      "select persistence_id from event_journal where persistence_id = any(?)"
          + " group by persistence_id";

  /// A row that was written meanwhile has other messages, and so an event.
  private static final String REMOVE =
      """
      delete from dialog_index where dialog_key = ? and messages = ?
        and not exists (select 1 from event_journal where persistence_id = ?)
      """;

  private final Connection connection;

  IndexSweep(Connection connection) {
    this.connection = connection;
  }

  private record Row(String key, long messages) {
    String id() {
      return Dialog.persistenceId(key).id();
    }
  }

  Rebuild.Swept after(String key, int limit) throws SQLException {
    var rows = rows(key, limit);
    var founded = founded(rows);
    var unfounded = rows.stream().filter(row -> !founded.contains(row.id())).toList();
    int removed = unfounded.isEmpty() ? 0 : remove(unfounded);
    return new Rebuild.Swept(rows.size() < limit ? "" : rows.getLast().key(), removed);
  }

  private List<Row> rows(String key, int limit) throws SQLException {
    try (var statement = connection.prepareStatement(ROWS)) {
      statement.setString(1, key);
      statement.setInt(2, limit);
      var rows = new ArrayList<Row>();
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(new Row(result.getString(1), result.getLong(2)));
        }
      }
      return rows;
    }
  }

  /// The persistence ids of those with an event.
  private Set<String> founded(List<Row> rows) throws SQLException {
    try (var statement = connection.prepareStatement(FOUNDED)) {
      var ids = rows.stream().map(Row::id).toArray(String[]::new);
      statement.setArray(1, connection.createArrayOf("varchar", ids));
      var founded = new HashSet<String>();
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          founded.add(result.getString(1));
        }
      }
      return founded;
    }
  }

  private int remove(List<Row> unfounded) throws SQLException {
    int removed = 0;
    try (var statement = connection.prepareStatement(REMOVE)) {
      for (var row : unfounded) {
        statement.setString(1, row.key());
        statement.setLong(2, row.messages());
        statement.setString(3, row.id());
        removed += statement.executeUpdate();
      }
    }
    return removed;
  }
}
