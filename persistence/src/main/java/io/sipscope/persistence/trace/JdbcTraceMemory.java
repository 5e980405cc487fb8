package io.sipscope.persistence.trace;

import io.sipscope.persistence.sql.Readers;
import io.sipscope.persistence.wire.Unreadable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small table of a relational store, on the threads that searches have.
public final class JdbcTraceMemory implements TraceMemory {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcTraceMemory.class);

  /// SQLSTATE of a key that is there already: somebody was quicker, and is later.
  private static final String THERE = "23505";

  private final DataSource source;
  private final Readers threads;

  /// @param source a pool with a connection for each of the threads
  public JdbcTraceMemory(DataSource source, Readers threads) {
    this.source = source;
    this.threads = threads;
  }

  @Override
  public CompletionStage<List<TraceEntry>> read() {
    return threads.run(this::all);
  }

  @Override
  public CompletionStage<Done> keep(TraceEntry entry) {
    return threads.run(
        () -> {
          try (var connection = source.getConnection()) {
            if (!replaced(connection, entry)) {
              insert(connection, entry);
            }
            return Done.getInstance();
          }
        });
  }

  @Override
  public CompletionStage<Done> forget(TraceEntry entry) {
    return threads.run(
        () -> {
          try (var connection = source.getConnection();
              var delete =
                  connection.prepareStatement(
                      "delete from trace_switch where name = ? and written <= ?")) {
            delete.setString(1, entry.name());
            delete.setLong(2, entry.written());
            delete.executeUpdate();
            return Done.getInstance();
          }
        });
  }

  private List<TraceEntry> all() throws SQLException {
    var entries = new ArrayList<TraceEntry>();
    try (var connection = source.getConnection();
        var select = connection.prepareStatement("select name, entry from trace_switch");
        var rows = select.executeQuery()) {
      while (rows.next()) {
        try {
          entries.add(TraceEntryWire.decode(rows.getBytes(2)));
        } catch (Unreadable e) {
          LOG.warn("the trace switch {} cannot be read: {}", rows.getString(1), e.getMessage());
        }
      }
    }
    return entries;
  }

  private static boolean replaced(Connection connection, TraceEntry entry) throws SQLException {
    try (var update =
        connection.prepareStatement(
            "update trace_switch set written = ?, entry = ? where name = ? and written <= ?")) {
      update.setLong(1, entry.written());
      update.setBytes(2, TraceEntryWire.encode(entry));
      update.setString(3, entry.name());
      update.setLong(4, entry.written());
      return update.executeUpdate() > 0;
    }
  }

  private static void insert(Connection connection, TraceEntry entry) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into trace_switch (name, written, entry) values (?, ?, ?)")) {
      insert.setString(1, entry.name());
      insert.setLong(2, entry.written());
      insert.setBytes(3, TraceEntryWire.encode(entry));
      insert.executeUpdate();
    } catch (SQLException e) {
      if (!THERE.equals(e.getSQLState())) {
        throw e;
      }
    }
  }
}
