package io.sipscope.bench.search;

import io.sipscope.persistence.index.IndexTable.Change;
import io.sipscope.persistence.index.PostgresIndexTable;
import io.sipscope.persistence.index.PostgresSearchIndexes;
import io.sipscope.persistence.journal.PostgresSegments;
import io.sipscope.persistence.journal.Retention;
import io.sipscope.persistence.statistics.Counters;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// An index in PostgreSQL that is filled as a node fills it, in segments, only faster.
final class MadeIndex {
  private static final int BATCH = 5000;
  private static final int WRITERS = 3;
  private static final Duration FOR_EVER = Duration.ofDays(10_000);

  /// Kept, as one that nobody keeps forgets its level.
  private static final Logger QUIET = Logger.getLogger("org.flywaydb");

  private final DataSource source;
  private final PostgresSegments segments;
  private final PostgresIndexTable table;

  MadeIndex(DataSource source) throws SQLException {
    this.source = source;
    QUIET.setLevel(Level.WARNING);
    Flyway.configure().dataSource(source).locations("classpath:schema/postgres").load().migrate();
    segments =
        new PostgresSegments(source, new Retention(FOR_EVER, Long.MAX_VALUE), new Counters());
    table = new PostgresIndexTable(segments::current);
  }

  void nextSegment() throws SQLException {
    segments.run(System.currentTimeMillis() + FOR_EVER.toMillis() / 2);
  }

  /// As a node's upkeep does after a while.
  void searchIndexes() throws SQLException {
    new PostgresSearchIndexes(source)
        .run(System.currentTimeMillis() + Duration.ofMinutes(10).toMillis());
  }

  /// Writes dialogs from one number to before another.
  void write(MadeRows rows, long from, long to) throws InterruptedException, ExecutionException {
    var next = new AtomicLong(from);
    var writing = new ArrayList<Callable<Void>>();
    for (int i = 0; i < WRITERS; i++) {
      writing.add(
          () -> {
            for (long first = next.getAndAdd(BATCH); first < to; first = next.getAndAdd(BATCH)) {
              insert(rows, first, Math.min(to, first + BATCH));
            }
            return null;
          });
    }
    try (var threads = Executors.newFixedThreadPool(WRITERS)) {
      for (var written : threads.invokeAll(writing)) {
        written.get();
      }
    }
  }

  private void insert(MadeRows rows, long from, long to) throws SQLException {
    var changes = new ArrayList<Change>();
    for (long number = from; number < to; number++) {
      var row = rows.row(number);
      changes.add(new Change(row, row.summary().updatedAt() / 1_000_000));
    }
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      table.insert(connection, changes);
      connection.commit();
    }
  }
}
