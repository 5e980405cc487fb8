package io.sipscope.persistence.journal;

import io.sipscope.persistence.sql.AdvisoryLock;
import io.sipscope.persistence.statistics.Counters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The segments that journal and index are kept in on PostgreSQL: partitions that follow each
/// other in time. Rows are written to the one that is open. The next is made ahead; it opens when
/// the open one is old or large enough, and the oldest are dropped when they are past their time or
/// all together take too much: no row is ever deleted.
///
/// Nodes take turns. One that has not heard yet that a segment opened writes to the one before,
/// which does no harm.
///
/// Counts, in group `journal`: `segments_opened`, `segments_dropped`.
public final class PostgresSegments implements Upkeep.Task {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresSegments.class);

  private static final String LIST =
      """
      select segment, extract(epoch from opened_at) * 1000,
        coalesce(pg_total_relation_size(to_regclass('event_journal_' || segment)), 0)
        + coalesce(pg_total_relation_size(to_regclass('dialog_index_' || segment)), 0)
      from journal_segment order by segment
      """;

  private final DataSource source;
  private final Retention retention;
  private final LongAdder opened;
  private final LongAdder dropped;
  private volatile int current;

  private record Segment(int number, long openedAt, long bytes) {}

  public PostgresSegments(DataSource source, Retention retention, Counters counters)
      throws SQLException {
    this.source = source;
    this.retention = retention;
    opened = counters.counter("journal", "segments_opened");
    dropped = counters.counter("journal", "segments_dropped");
    var _ = run(System.currentTimeMillis());
  }

  /// The segment to write to.
  public int current() {
    return current;
  }

  /// Looks up which segment is open; opens the next and drops the oldest when it is time. Each by
  /// itself: a search that holds a table keeps it from being dropped, and nothing else.
  @Override
  public String run(long now) throws SQLException {
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(false);
      int wasOpen = current;
      int more = isMyTurn(connection) ? openNext(connection, now) : 0;
      int open = list(connection).getLast().number();
      connection.commit();
      opened.add(more);
      current = open;
      int less = isMyTurn(connection) ? dropOldest(connection, now, wasOpen) : 0;
      connection.commit();
      dropped.add(less);
      return less == 0 ? "" : less + (less == 1 ? " segment" : " segments");
    }
  }

  /// Searches hold the tables for seconds at most; new ones must not queue behind this for long.
  private static boolean isMyTurn(Connection connection) throws SQLException {
    execute(connection, "set local lock_timeout = '2s'");
    try (var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "select pg_try_advisory_xact_lock(" + AdvisoryLock.SEGMENTS.key() + ")")) {
      return result.next() && result.getBoolean(1);
    }
  }

  /// @return how many it opened
  private int openNext(Connection connection, long now) throws SQLException {
    var open = list(connection).getLast();
    make(connection, open.number() + 1);
    if (now - open.openedAt() >= retention.step().toMillis()
        || open.bytes() >= retention.stepBytes()) {
      execute(
          connection, "insert into journal_segment (segment) values (" + (open.number() + 1) + ")");
      make(connection, open.number() + 2);
      return 1;
    }
    return 0;
  }

  /// @param wasOpen the last time: what was closed since, other nodes may still write to
  /// @return how many it dropped
  private int dropOldest(Connection connection, long now, int wasOpen) throws SQLException {
    var segments = list(connection);
    long bytes = segments.stream().mapToLong(Segment::bytes).sum();
    int count = 0;
    for (int i = 0; i + 1 < segments.size() && segments.get(i).number() < wasOpen; i++) {
      long closedAt = segments.get(i + 1).openedAt();
      if (closedAt > now - retention.age().toMillis() && bytes <= retention.bytes()) {
        break;
      }
      drop(connection, segments.get(i));
      bytes -= segments.get(i).bytes();
      count++;
    }
    return count;
  }

  private static List<Segment> list(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(LIST)) {
      var segments = new ArrayList<Segment>();
      while (result.next()) {
        segments.add(new Segment(result.getInt(1), result.getLong(2), result.getLong(3)));
      }
      return segments;
    }
  }

  /// Made aside and then attached: that blocks nobody.
  private static void make(Connection connection, int segment) throws SQLException {
    if (exists(connection, segment)) {
      return;
    }
    for (var table : Table.values()) {
      var name = table.sql + "_" + segment;
      execute(
          connection,
          "create table "
              + name
              + " (like "
              + table.sql
              + " including defaults including generated including storage, primary key ("
              + table.primaryKey
              + ")) with ("
              + table.parameters
              + ")");
      execute(
          connection,
          "alter table "
              + table.sql
              + " attach partition "
              + name
              + " for values in ("
              + segment
              + ")");
    }
  }

  private static boolean exists(Connection connection, int segment) throws SQLException {
    try (var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "select to_regclass('event_journal_" + segment + "') is not null")) {
      return result.next() && result.getBoolean(1);
    }
  }

  private static void drop(Connection connection, Segment segment) throws SQLException {
    for (var table : Table.values()) {
      execute(connection, "drop table " + table.sql + "_" + segment.number());
    }
    execute(connection, "delete from dialog_index_run where segment = " + segment.number());
    execute(connection, "delete from journal_segment where segment = " + segment.number());
    LOG.info("what was written before a segment of {} bytes was closed is gone", segment.bytes());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private enum Table {
    /// Never changed, found by their key, and dropped as a whole: there is nothing to clean up and
    /// nothing that a planner must know.
    EVENTS("event_journal", "persistence_id, sequence_number", "autovacuum_enabled = off"),

    /// With room in each page for what its rows will be: a row is updated some two times.
    DIALOGS("dialog_index", "dialog_key", "fillfactor = 60");

    private final String sql;
    private final String primaryKey;
    private final String parameters;

    Table(String sql, String primaryKey, String parameters) {
      this.sql = sql;
      this.primaryKey = primaryKey;
      this.parameters = parameters;
    }
  }
}
