package io.sipscope.persistence.index;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sipscope.persistence.index.IndexTable.Change;
import io.sipscope.persistence.journal.PostgresSegments;
import io.sipscope.persistence.journal.Retention;
import io.sipscope.persistence.sql.Readers;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.testing.PgServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// A new database with an index, and what opens its segments and indexes them at once.
final class SegmentedIndex implements AutoCloseable {
  /// The longest of 20 segments.
  private static final Duration STEP = Duration.ofDays(1000);

  private final HikariDataSource source;
  private final Readers readers = new Readers(2, Duration.ofSeconds(20), () -> true);
  private final PostgresSegments segments;

  SegmentedIndex() throws SQLException {
    var settings = new HikariConfig();
    settings.setJdbcUrl(PgServer.shared().newDatabase());
    settings.setUsername(PgServer.USER);
    settings.setMaximumPoolSize(4);
    source = new HikariDataSource(settings);
    Flyway.configure().dataSource(source).locations("classpath:schema/postgres").load().migrate();
    segments =
        new PostgresSegments(
            source, new Retention(STEP.multipliedBy(10), Long.MAX_VALUE), new Counters());
  }

  DataSource source() {
    return source;
  }

  DialogIndex index() {
    return new JdbcDialogIndex(source, new PostgresIndexParts(), readers, Duration.ofSeconds(20));
  }

  /// Writes to the open segment.
  void write(List<DialogRow> rows) {
    var changes = new ArrayList<Change>();
    rows.forEach(row -> changes.add(new Change(row, System.currentTimeMillis())));
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(false);
      new PostgresIndexTable(segments::current).update(connection, changes);
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void nextSegment() {
    try {
      segments.run(System.currentTimeMillis() + STEP.toMillis());
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// Indexes what is closed, and runs of so many rows.
  void indexed(int run) {
    try {
      new PostgresSearchIndexes(source, run, 0)
          .run(System.currentTimeMillis() + Duration.ofHours(2).toMillis());
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    readers.close();
    source.close();
  }
}
