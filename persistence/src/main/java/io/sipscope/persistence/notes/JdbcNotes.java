package io.sipscope.persistence.notes;

import io.sipscope.persistence.sql.Readers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.apache.pekko.Done;

/// Notes in a table of H2 or PostgreSQL, on the threads that searches have.
public final class JdbcNotes implements NoteStore {
  private static final String SELECT =
      "select name, written, note from kept_note where kind = ? order by name";
  private static final String UPDATE =
      "update kept_note set written = ?, note = ? where kind = ? and name = ? and written <= ?";
  private static final String INSERT =
      "insert into kept_note (kind, name, written, note) values (?, ?, ?, ?)";
  private static final String DELETE =
      "delete from kept_note where kind = ? and name = ? and written <= ?";

  /// SQLSTATE of a key that is there already: somebody was quicker, and is later.
  private static final String THERE = "23505";

  private final DataSource source;
  private final Readers threads;

  public JdbcNotes(DataSource source, Readers threads) {
    this.source = source;
    this.threads = threads;
  }

  @Override
  public CompletionStage<List<Note>> read(String kind) {
    return threads.run(
        () -> {
          try (var connection = source.getConnection();
              var select = connection.prepareStatement(SELECT)) {
            select.setString(1, kind);
            var notes = new ArrayList<Note>();
            try (var rows = select.executeQuery()) {
              while (rows.next()) {
                notes.add(new Note(kind, rows.getString(1), rows.getLong(2), rows.getString(3)));
              }
            }
            return notes;
          }
        });
  }

  @Override
  public CompletionStage<Done> keep(Note note) {
    return threads.run(
        () -> {
          try (var connection = source.getConnection()) {
            if (!replaced(connection, note)) {
              insert(connection, note);
            }
            return Done.getInstance();
          }
        });
  }

  private static boolean replaced(Connection connection, Note note) throws SQLException {
    try (var update = connection.prepareStatement(UPDATE)) {
      update.setLong(1, note.written());
      update.setString(2, note.text());
      update.setString(3, note.kind());
      update.setString(4, note.name());
      update.setLong(5, note.written());
      return update.executeUpdate() > 0;
    }
  }

  private static void insert(Connection connection, Note note) throws SQLException {
    try (var insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, note.kind());
      insert.setString(2, note.name());
      insert.setLong(3, note.written());
      insert.setString(4, note.text());
      insert.executeUpdate();
    } catch (SQLException e) {
      if (!THERE.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  @Override
  public CompletionStage<Done> forget(String kind, String name, long written) {
    return threads.run(
        () -> {
          try (var connection = source.getConnection();
              var delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, kind);
            delete.setString(2, name);
            delete.setLong(3, written);
            delete.executeUpdate();
            return Done.getInstance();
          }
        });
  }
}
