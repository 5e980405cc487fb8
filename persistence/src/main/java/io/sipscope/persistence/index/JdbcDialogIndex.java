package io.sipscope.persistence.index;

import io.sipscope.persistence.wire.Unreadable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The index in a table of a relational store. Statements run on threads of its own, a few for
/// reading and a few for writing, so that neither waits for the other and no actor waits for
/// either; what would queue beyond [#MAX_QUEUED] fails at once.
public final class JdbcDialogIndex implements DialogIndex, AutoCloseable {
  /// Searches that wait for a thread at most: more would be answered after their askers left.
  private static final int MAX_QUEUED = 256;

  private static final int WRITERS = IndexWriter.MAX_IN_FLIGHT;
  private static final Logger LOG = LoggerFactory.getLogger(JdbcDialogIndex.class);
  private static final Comparator<DialogRow> BY_KEY = Comparator.comparing(DialogRow::key);

  private final DataSource source;
  private final Dialect dialect;
  private final int timeoutSeconds;
  private final ThreadPoolExecutor readers;
  private final ThreadPoolExecutor writers;

  /// @param source a pool with at least `readers` connections and two to write with
  /// @param timeout how long a statement may take
  public JdbcDialogIndex(DataSource source, Dialect dialect, int readers, Duration timeout) {
    this.source = source;
    this.dialect = dialect;
    this.timeoutSeconds = Math.toIntExact(Math.max(1, timeout.toSeconds()));
    this.readers = threads("index-read-", readers);
    this.writers = threads("index-write-", WRITERS);
  }

  /// How many connections an index with that many readers needs.
  public static int connections(int readers) {
    return readers + WRITERS;
  }

  private static ThreadPoolExecutor threads(String name, int count) {
    return new ThreadPoolExecutor(
        count,
        count,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(MAX_QUEUED),
        Thread.ofPlatform().name(name, 0).daemon().factory());
  }

  @Override
  public CompletionStage<Void> write(List<DialogRow> rows) {
    return run(
        writers,
        () -> {
          writeAll(rows);
          return null;
        });
  }

  @Override
  public CompletionStage<Page> search(
      DialogQuery query, Optional<Cursor> after, int limit, long now) {
    return page(query, SearchSql.Order.STARTED, after, limit, now);
  }

  @Override
  public CompletionStage<Page> recent(
      DialogQuery query, Optional<Cursor> after, int limit, long now) {
    return page(query, SearchSql.Order.UPDATED, after, limit, now);
  }

  @Override
  public CompletionStage<List<DialogRow>> around(
      long time, long window, DialogQuery query, int limit, long now) {
    var sql = SearchSql.around(time, window, query, limit, now);
    return run(readers, () -> rows(select(sql)));
  }

  /// Whether the store answers.
  public CompletionStage<Boolean> alive() {
    return run(readers, this::answers);
  }

  @Override
  public void close() {
    readers.shutdownNow();
    writers.shutdown();
    try {
      if (!writers.awaitTermination(timeoutSeconds, TimeUnit.SECONDS)) {
        writers.shutdownNow();
      }
    } catch (InterruptedException e) {
      writers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static <T> CompletionStage<T> run(ThreadPoolExecutor threads, Callable<T> work) {
    var answer = new CompletableFuture<T>();
    try {
      threads.execute(() -> complete(answer, work));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  // Error Prone wants no catch-all; here every failure must reach whoever waits for the answer.
  private static <T> void complete(CompletableFuture<T> answer, Callable<T> work) {
    try {
      answer.complete(work.call());
    } catch (Exception e) {
      answer.completeExceptionally(e);
    }
  }

  private boolean answers() {
    try (var connection = source.getConnection()) {
      return connection.isValid(timeoutSeconds);
    } catch (SQLException e) {
      LOG.debug("the store does not answer", e);
      return false;
    }
  }

  /// Rows go in by key: two nodes that write the same dialogs lock them in the same order.
  private void writeAll(List<DialogRow> rows) throws SQLException {
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (var statement = connection.prepareStatement(dialect.upsert())) {
        statement.setQueryTimeout(timeoutSeconds);
        for (var row : rows.stream().sorted(BY_KEY).toList()) {
          bind(statement, row);
          statement.addBatch();
        }
        statement.executeBatch();
        connection.commit();
      } catch (SQLException e) {
        rollBack(connection, e);
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static void rollBack(Connection connection, SQLException cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static void bind(PreparedStatement statement, DialogRow row) throws SQLException {
    var summary = row.summary();
    statement.setString(1, row.key());
    statement.setLong(2, summary.startedAt());
    statement.setLong(3, summary.updatedAt());
    if (summary.expiresAt().isPresent()) {
      statement.setLong(4, summary.expiresAt().getAsLong());
    } else {
      statement.setNull(4, Types.BIGINT);
    }
    statement.setString(5, summary.phase().text());
    statement.setString(6, Searchable.text(summary.method()));
    statement.setString(7, Searchable.text(summary.caller()));
    statement.setString(8, Searchable.text(summary.callee()));
    statement.setString(9, Searchable.printable(row.trunk()));
    if (summary.status().isPresent()) {
      statement.setInt(10, summary.status().getAsInt());
    } else {
      statement.setNull(10, Types.INTEGER);
    }
    statement.setString(11, Searchable.addresses(summary.addresses()));
    statement.setString(12, Searchable.list(summary.agents()));
    statement.setString(13, searchText(row));
    statement.setString(
        14, row.key().equals(summary.callId()) ? "" : Searchable.printable(summary.callId()));
    statement.setLong(15, summary.messages());
    statement.setBytes(16, SummaryWire.encode(summary));
  }

  private static String searchText(DialogRow row) {
    var summary = row.summary();
    var text = new ArrayList<String>();
    text.add(summary.callId().isEmpty() ? row.key() : summary.callId());
    text.add(summary.caller());
    text.add(summary.callee());
    text.add(summary.ruri());
    text.add(summary.userAgent());
    text.add(summary.fromTag());
    text.addAll(summary.toTags());
    return Searchable.list(text.stream().map(Searchable::text).toList());
  }

  private CompletionStage<Page> page(
      DialogQuery query, SearchSql.Order order, Optional<Cursor> after, int limit, long now) {
    var sql = SearchSql.page(query, order, after, limit + 1, now);
    return run(readers, () -> page(select(sql), order, limit));
  }

  private static Page page(List<Found> found, SearchSql.Order order, int limit) {
    if (found.size() <= limit) {
      return new Page(rows(found), Optional.empty());
    }
    var shown = found.subList(0, limit);
    var last = shown.getLast();
    long time =
        switch (order) {
          case STARTED -> last.startedAt();
          case UPDATED -> last.updatedAt();
        };
    return new Page(rows(shown), Optional.of(new Cursor(time, last.key())));
  }

  private static List<DialogRow> rows(List<Found> found) {
    return found.stream().flatMap(one -> one.row().stream()).toList();
  }

  /// @param row empty when its summary cannot be read
  private record Found(String key, long startedAt, long updatedAt, Optional<DialogRow> row) {}

  private List<Found> select(SearchSql sql) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.prepareStatement(sql.text())) {
      statement.setQueryTimeout(timeoutSeconds);
      int position = 1;
      for (var parameter : sql.parameters()) {
        statement.setObject(position++, parameter);
      }
      try (var result = statement.executeQuery()) {
        var found = new ArrayList<Found>();
        while (result.next()) {
          found.add(found(result));
        }
        return found;
      }
    }
  }

  private static Found found(ResultSet result) throws SQLException {
    var key = result.getString(1);
    return new Found(key, result.getLong(4), result.getLong(5), row(key, result));
  }

  /// One damaged row does not take its page with it.
  private static Optional<DialogRow> row(String key, ResultSet result) throws SQLException {
    try {
      var summary = SummaryWire.decode(result.getBytes(3));
      return Optional.of(new DialogRow(key, summary, result.getString(2)));
    } catch (Unreadable e) {
      LOG.warn("the index row of a dialog is left out of a search: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
