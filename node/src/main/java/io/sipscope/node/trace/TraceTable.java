package io.sipscope.node.trace;

import io.sipscope.persistence.sql.BinaryCopy;
import io.sipscope.persistence.sql.StoreAway;
import io.sipscope.persistence.trace.TraceDestination.Database;
import io.sipscope.persistence.trace.TracedMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;

/// Traced messages as rows of `sip_trace`, by one connection, so that they have their order: COPY
/// into PostgreSQL, inserts of many rows elsewhere. A batch is one transaction; after a connection
/// that broke during its commit it may be there twice.
///
/// A row that the database refuses is tried alone, then in plain ASCII, then given up.
final class TraceTable implements Delivery {
  /// Rows of one insert: half of them is the most that is prepared and not used.
  private static final int ROWS = 64;

  private static final String ROW_MARKS =
      "(" + String.join(", ", Collections.nCopies(TraceRow.COLUMN_COUNT, "?")) + ")";

  /// From the epoch to that of PostgreSQL, 2000-01-01.
  private static final long POSTGRES_EPOCH = 946_684_800L;

  private static final long MICROS_PER_SECOND = 1_000_000L;

  /// About what a row takes besides its message.
  private static final int OVERHEAD = 256;

  private final Database database;
  private final Duration timeout;
  private final LocalTime time = new LocalTime(ZoneId.systemDefault());
  private volatile Connection connection;
  private TableDialect dialect;

  TraceTable(Database database, Duration timeout) {
    this.database = database;
    this.timeout = timeout;
  }

  @Override
  public void open() throws Away {
    if (connection == null) {
      dialect = TableDialect.of(database.jdbcUrl());
      connection = TraceConnection.open(database, dialect, timeout);
    }
  }

  @Override
  public int deliver(List<TracedMessage> batch) throws Away {
    open();
    int most = dialect.mostText();
    var rows = batch.stream().map(message -> TraceRow.of(message, time, most)).toList();
    try {
      return insertAll(rows);
    } catch (SQLException e) {
      close();
      throw TraceConnection.away(e);
    }
  }

  /// Answers how many of them were refused.
  private int insertAll(List<TraceRow> rows) throws SQLException {
    try {
      insert(rows);
      connection.commit();
      return 0;
    } catch (SQLException e) {
      if (!isOfData(e)) {
        throw e;
      }
      connection.rollback();
      int refused = 0;
      for (var row : rows) {
        refused += isTaken(row) || isTaken(row.plain()) ? 0 : 1;
      }
      connection.commit();
      return refused;
    }
  }

  private boolean isTaken(TraceRow row) throws SQLException {
    var before = connection.setSavepoint();
    try {
      insert(List.of(row));
      return true;
    } catch (SQLException e) {
      if (!isOfData(e)) {
        throw e;
      }
      connection.rollback(before);
      return false;
    }
  }

  /// Whether it is a row's fault: SQLSTATE classes 22 (data) and 23 (constraint), and MySQL's 1366
  /// (a character that the column has not), which is in neither.
  private static boolean isOfData(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    return !StoreAway.isWhy(failure)
        && (state.startsWith("22") || state.startsWith("23") || failure.getErrorCode() == 1366);
  }

  private void insert(List<TraceRow> rows) throws SQLException {
    switch (dialect) {
      case POSTGRES -> copy(rows);
      case MARIADB, H2 -> {
        for (int from = 0; from < rows.size(); from += ROWS) {
          insertAtOnce(rows.subList(from, Math.min(rows.size(), from + ROWS)));
        }
      }
    }
  }

  private void copy(List<TraceRow> rows) throws SQLException {
    int size = rows.stream().mapToInt(row -> row.message().length() + OVERHEAD).sum();
    var copy = new BinaryCopy(size);
    for (var row : rows) {
      copy.row(TraceRow.COLUMN_COUNT);
      copy.bigint(micros(row.time()));
      copy.text(row.callId());
      copy.text(row.attributes());
      copy.bytea(row.message());
      copy.text(row.method());
      copy.text(row.status());
      copy.text(row.fromProto());
      copy.text(row.fromIp());
      copy.integer(row.fromPort());
      copy.text(row.toProto());
      copy.text(row.toIp());
      copy.integer(row.toPort());
      copy.text(row.fromTag());
      copy.text(row.direction());
    }
    copy.send(
        connection,
        "copy " + database.table() + " (" + TraceRow.COLUMNS + ") from stdin (format binary)");
  }

  /// A timestamp in the binary format of PostgreSQL.
  private static long micros(LocalDateTime time) {
    return (time.toEpochSecond(ZoneOffset.UTC) - POSTGRES_EPOCH) * MICROS_PER_SECOND;
  }

  private void insertAtOnce(List<TraceRow> rows) throws SQLException {
    var sql =
        "insert into "
            + database.table()
            + " ("
            + TraceRow.COLUMNS
            + ") values "
            + String.join(", ", Collections.nCopies(rows.size(), ROW_MARKS));
    try (var statement = connection.prepareStatement(sql)) {
      int at = 1;
      for (var row : rows) {
        set(statement, at, row);
        at += TraceRow.COLUMN_COUNT;
      }
      statement.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, int first, TraceRow row)
      throws SQLException {
    int at = first;
    statement.setObject(at++, row.time());
    statement.setString(at++, row.callId());
    statement.setString(at++, row.attributes());
    statement.setString(at++, row.message().utf8());
    statement.setString(at++, row.method());
    statement.setString(at++, row.status());
    statement.setString(at++, row.fromProto());
    statement.setString(at++, row.fromIp());
    statement.setInt(at++, row.fromPort());
    statement.setString(at++, row.toProto());
    statement.setString(at++, row.toIp());
    statement.setInt(at++, row.toPort());
    statement.setString(at++, row.fromTag());
    statement.setString(at, row.direction());
  }

  @Override
  public void abort() {
    var current = connection;
    if (current != null) {
      try {
        current.abort(Runnable::run);
      } catch (SQLException e) {
        Closing.failed(e);
      }
    }
  }

  @Override
  public void close() {
    var current = connection;
    connection = null;
    if (current != null) {
      try {
        current.close();
      } catch (SQLException e) {
        Closing.failed(e);
      }
    }
  }
}
