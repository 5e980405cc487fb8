package io.sipscope.persistence.journal;

import io.sipscope.persistence.statistics.Counters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/// Deletes what H2 has kept long enough, oldest first and some at a time: an embedded database is
/// small, and has no partitions that could be dropped instead. Rows are numbered by H2 in the order
/// of their writing.
///
/// Counts, in group `journal`: `events_deleted`.
public final class H2Sweep implements Upkeep.Task {
  /// Rows deleted at once: writers wait for no longer than that takes.
  private static final int SOME = 1000;

  private static final String BYTES =
      "select disk_space_used('event_journal') + disk_space_used('dialog_index')";
  private static final String OLDEST =
      """
      select max(number), max(written) from (
        select _rowid_ as number, write_timestamp as written from event_journal
        order by _rowid_ limit %d)
      where written <= ?
      """
          .formatted(SOME);
  private static final String FORGET_EVENTS = "delete from event_journal where _rowid_ <= ?";
  private static final String FORGET_DIALOGS =
      "delete from dialog_index where write_timestamp <= ?";

  private final DataSource source;
  private final Retention retention;
  private final LongAdder deleted;

  public H2Sweep(DataSource source, Retention retention, Counters counters) {
    this.source = source;
    this.retention = retention;
    deleted = counters.counter("journal", "events_deleted");
  }

  @Override
  public String run(long now) throws SQLException {
    try (var connection = source.getConnection()) {
      long before = now - retention.age().toMillis();
      long forgotten = Long.MIN_VALUE;
      long events = 0;
      while (true) {
        boolean tooMuch = bytes(connection) > retention.bytes();
        var oldest = oldest(connection, tooMuch ? Long.MAX_VALUE : before);
        if (oldest.rows() == 0) {
          break;
        }
        int some = update(connection, FORGET_EVENTS, oldest.rows());
        deleted.add(some);
        events += some;
        forgotten = oldest.writtenAt();
      }
      if (forgotten > Long.MIN_VALUE) {
        update(connection, FORGET_DIALOGS, forgotten);
      }
      return events == 0 ? "" : events + (events == 1 ? " event" : " events");
    }
  }

  /// @param rows the number up to which they are, 0 when there are none
  private record Oldest(long rows, long writtenAt) {}

  private static Oldest oldest(Connection connection, long before) throws SQLException {
    try (var statement = connection.prepareStatement(OLDEST)) {
      statement.setLong(1, before);
      try (var result = statement.executeQuery()) {
        return result.next()
            ? new Oldest(result.getLong(1), result.getLong(2))
            : new Oldest(0, Long.MAX_VALUE);
      }
    }
  }

  private long bytes(Connection connection) throws SQLException {
    if (retention.bytes() == Long.MAX_VALUE) {
      return 0;
    }
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(BYTES)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  private static int update(Connection connection, String sql, long parameter) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, parameter);
      return statement.executeUpdate();
    }
  }
}
