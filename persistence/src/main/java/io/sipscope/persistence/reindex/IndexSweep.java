package io.sipscope.persistence.reindex;

import io.sipscope.persistence.dialog.Dialog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Finds and removes rows of the index that no event of the journal stands behind. An event and its
/// row are one transaction, so a dialog that is begun meanwhile has both or none.
final class IndexSweep {
  private static final String ROWS =
      """
      select known.dialog_key, known.messages, exists (
          select 1 from event_journal event where event.persistence_id = ? || known.dialog_key)
      from dialog_index known where known.dialog_key > ? order by known.dialog_key limit ?
      """;

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

  private record Row(String key, long messages, boolean hasEvents) {}

  Rebuild.Swept after(String key, int limit) throws SQLException {
    var rows = rows(key, limit);
    var unfounded = rows.stream().filter(row -> !row.hasEvents()).toList();
    int removed = unfounded.isEmpty() ? 0 : remove(unfounded);
    return new Rebuild.Swept(rows.size() < limit ? "" : rows.getLast().key(), removed);
  }

  private List<Row> rows(String key, int limit) throws SQLException {
    try (var statement = connection.prepareStatement(ROWS)) {
      statement.setString(1, Dialog.persistenceId("").id());
      statement.setString(2, key);
      statement.setInt(3, limit);
      var rows = new ArrayList<Row>();
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(new Row(result.getString(1), result.getLong(2), result.getBoolean(3)));
        }
      }
      return rows;
    }
  }

  private int remove(List<Row> unfounded) throws SQLException {
    int removed = 0;
    try (var statement = connection.prepareStatement(REMOVE)) {
      for (var row : unfounded) {
        statement.setString(1, row.key());
        statement.setLong(2, row.messages());
        statement.setString(3, Dialog.persistenceId(row.key()).id());
        removed += statement.executeUpdate();
      }
    }
    return removed;
  }
}
