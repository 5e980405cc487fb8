package io.sipscope.persistence.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;

/// Writes rows of the index within a transaction of its caller.
public final class IndexRows {
  private IndexRows() {}

  /// Of two rows with one key the one with more messages stays.
  ///
  /// @param rows one a key
  public static void write(Connection connection, Dialect dialect, Collection<DialogRow> rows)
      throws SQLException {
    try (var statement = connection.prepareStatement(dialect.upsert())) {
      for (var row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, DialogRow row) throws SQLException {
    var summary = row.summary();
    statement.setString(1, row.key());
    statement.setLong(2, summary.startedAt());
    statement.setLong(3, summary.updatedAt());
    if (summary.expiresAt().isPresent()) {
      statement.setLong(4, summary.expiresAt().getAsLong());
    } else {
      statement.setNull(4, Types.BIGINT);
    }
    statement.setString(5, summary.phase().text());
    statement.setString(6, Searchable.text(summary.method()));
    statement.setString(7, Searchable.text(summary.caller()));
    statement.setString(8, Searchable.text(summary.callee()));
    statement.setString(9, Searchable.printable(row.trunk()));
    if (summary.status().isPresent()) {
      statement.setInt(10, summary.status().getAsInt());
    } else {
      statement.setNull(10, Types.INTEGER);
    }
    statement.setString(11, Searchable.addresses(summary.addresses()));
    statement.setString(
        12,
        Searchable.list(
            summary.agents().stream().flatMap(agent -> agent.names().stream()).toList()));
    statement.setString(13, searchText(row));
    statement.setString(
        14, row.key().equals(summary.callId()) ? "" : Searchable.printable(summary.callId()));
    statement.setLong(15, summary.messages());
    statement.setBytes(16, SummaryWire.encode(summary));
  }

  private static String searchText(DialogRow row) {
    var summary = row.summary();
    var text = new ArrayList<String>();
    text.add(summary.callId().isEmpty() ? row.key() : summary.callId());
    text.add(summary.caller());
    text.add(summary.callee());
    text.add(summary.ruri());
    text.add(summary.userAgent());
    text.add(summary.fromTag());
    text.addAll(summary.toTags());
    return Searchable.list(text.stream().map(Searchable::text).toList());
  }
}
