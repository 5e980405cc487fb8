package io.sipscope.bench.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Reads the journal past the node: every persistence id has events 1 to n, each once.
///
/// @param dialogs persistence ids
/// @param gaps sequence numbers that are missing
/// @param duplicates events with a sequence number that another of the same id has too
record JournalCheck(long dialogs, long events, long gaps, long duplicates) {
  private static final String SQL =
      """
      select count(*), coalesce(sum(events), 0), coalesce(sum(last - numbers), 0),
          coalesce(sum(events - numbers), 0)
      from (
        select persistence_id, count(*) as events, count(distinct sequence_number) as numbers,
            max(sequence_number) as last
        from event_journal
        group by persistence_id) as by_id
      """;

  static JournalCheck of(String url, String user) throws SQLException {
    try (var connection = DriverManager.getConnection(url, user, "")) {
      return of(connection);
    }
  }

  static JournalCheck of(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(SQL)) {
      rows.next();
      return new JournalCheck(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
    }
  }

  /// @param found dialogs that a search finds
  List<String> complaints(long found) {
    var complaints = new ArrayList<String>();
    if (gaps != 0 || duplicates != 0) {
      complaints.add("journal: " + gaps + " sequence gaps, " + duplicates + " duplicates");
    }
    if (dialogs != found) {
      complaints.add("the journal has " + dialogs + " dialogs, the search " + found);
    }
    return complaints;
  }
}
