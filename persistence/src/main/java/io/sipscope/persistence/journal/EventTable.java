package io.sipscope.persistence.journal;

import io.sipscope.persistence.sql.BinaryCopy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntSupplier;

/// Writes events within a transaction of its caller; fails when one is there already.
public sealed interface EventTable {
  void insert(Connection connection, List<JournalEntry> events) throws SQLException;

  /// The statement that writes them.
  String sql();

  /// By rows: any database.
  record ByInsert() implements EventTable {
    private static final String INSERT =
        "insert into event_journal (" + JournalEntry.COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?)";

    @Override
    public String sql() {
      return INSERT;
    }

    @Override
    public void insert(Connection connection, List<JournalEntry> events) throws SQLException {
      try (var statement = connection.prepareStatement(INSERT)) {
        for (var event : events) {
          statement.setString(1, event.persistenceId());
          statement.setLong(2, event.sequence());
          statement.setString(3, event.writer());
          statement.setLong(4, event.timestamp());
          statement.setInt(5, event.serializer());
          statement.setString(6, event.manifest());
          statement.setBytes(7, event.payload().toArray());
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }
  }

  /// By COPY: PostgreSQL.
  ///
  /// @param segment the segment to write to
  record ByCopy(IntSupplier segment) implements EventTable {
    private static final String COPY =
        "copy event_journal (" + JournalEntry.COLUMNS + ", segment) from stdin (format binary)";
    private static final int FIELDS = 8;
    private static final int BESIDES_THE_PAYLOAD = 160;

    @Override
    public String sql() {
      return COPY;
    }

    @Override
    public void insert(Connection connection, List<JournalEntry> events) throws SQLException {
      int current = segment.getAsInt();
      int size = 0;
      for (var event : events) {
        size += event.payload().length() + BESIDES_THE_PAYLOAD;
      }
      var copy = new BinaryCopy(size);
      for (var event : events) {
        copy.row(FIELDS);
        copy.text(event.persistenceId());
        copy.bigint(event.sequence());
        copy.text(event.writer());
        copy.bigint(event.timestamp());
        copy.integer(event.serializer());
        copy.text(event.manifest());
        copy.bytea(event.payload());
        copy.integer(current);
      }
      copy.send(connection, COPY);
    }
  }
}
