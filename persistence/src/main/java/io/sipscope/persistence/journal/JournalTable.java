package io.sipscope.persistence.journal;

import io.sipscope.protocol.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// Reads the journal's table: of many entities at once, or of one a page at a time.
public final class JournalTable {
  private static final String HIGHEST =
      """
      select persistence_id, max(sequence_number) from event_journal
      where persistence_id = any(?) group by persistence_id
      """;
  private static final String ALL_OF =
      "select "
          + JournalEntry.COLUMNS
          + """
           from event_journal where persistence_id = any(?)
          order by persistence_id, sequence_number
          """;
  private static final String PAGE =
      "select "
          + JournalEntry.COLUMNS
          + """
           from event_journal
          where persistence_id = ? and sequence_number between ? and ?
          order by sequence_number limit ?
          """;

  /// The first condition is the one that H2 has an index for.
  private static final String AFTER =
      "select "
          + JournalEntry.COLUMNS
          + """
           from event_journal
          where persistence_id >= ? and (persistence_id, sequence_number) > (?, ?)
          order by persistence_id, sequence_number limit ?
          """;

  private final DataSource source;

  public JournalTable(DataSource source) {
    this.source = source;
  }

  /// The highest sequence number of each that has events.
  Map<String, Long> highest(Collection<String> ids) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.prepareStatement(HIGHEST)) {
      bind(connection, statement, ids);
      var highest = new HashMap<String, Long>();
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          highest.put(result.getString(1), result.getLong(2));
        }
      }
      return highest;
    }
  }

  /// All events of each, in their order.
  Map<String, List<JournalEntry>> eventsOf(Collection<String> ids) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.prepareStatement(ALL_OF)) {
      bind(connection, statement, ids);
      var events = new HashMap<String, List<JournalEntry>>();
      for (var entry : entries(statement)) {
        events.computeIfAbsent(entry.persistenceId(), _ -> new ArrayList<>()).add(entry);
      }
      return events;
    }
  }

  /// The first events of one entity from one sequence number to another, both included.
  public List<JournalEntry> page(String id, long from, long to, int limit) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.prepareStatement(PAGE)) {
      statement.setString(1, id);
      statement.setLong(2, from);
      statement.setLong(3, to);
      statement.setInt(4, limit);
      return entries(statement);
    }
  }

  /// The first events after one, of all entities in the order of their ids.
  ///
  /// @param id of the entity of that event; empty at the beginning
  public static List<JournalEntry> after(Connection connection, String id, long sequence, int limit)
      throws SQLException {
    try (var statement = connection.prepareStatement(AFTER)) {
      statement.setString(1, id);
      statement.setString(2, id);
      statement.setLong(3, sequence);
      statement.setInt(4, limit);
      return entries(statement);
    }
  }

  private static void bind(
      Connection connection, PreparedStatement statement, Collection<String> ids)
      throws SQLException {
    statement.setArray(1, connection.createArrayOf("varchar", ids.toArray(String[]::new)));
  }

  private static List<JournalEntry> entries(PreparedStatement statement) throws SQLException {
    var entries = new ArrayList<JournalEntry>();
    try (var result = statement.executeQuery()) {
      while (result.next()) {
        entries.add(entry(result));
      }
    }
    return entries;
  }

  private static JournalEntry entry(ResultSet result) throws SQLException {
    return new JournalEntry(
        result.getString(1),
        result.getLong(2),
        result.getString(3),
        result.getLong(4),
        result.getInt(5),
        result.getString(6),
        Bytes.of(result.getBytes(7)));
  }
}
