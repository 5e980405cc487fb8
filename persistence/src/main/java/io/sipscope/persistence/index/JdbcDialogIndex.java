package io.sipscope.persistence.index;

import io.sipscope.persistence.sql.Readers;
import io.sipscope.persistence.wire.Unreadable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The index in a table of a relational store, as searches read it; its rows are written with the
/// events they follow from, by an [IndexTable].
public final class JdbcDialogIndex implements DialogIndex {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcDialogIndex.class);

  private final DataSource source;
  private final int timeoutSeconds;
  private final Readers readers;

  /// @param source a pool with a connection for each of the readers
  /// @param timeout how long a statement may take
  public JdbcDialogIndex(DataSource source, Readers readers, Duration timeout) {
    this.source = source;
    this.readers = readers;
    this.timeoutSeconds = Math.toIntExact(Math.max(1, timeout.toSeconds()));
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
    return readers.run(() -> rows(select(sql)));
  }

  private CompletionStage<Page> page(
      DialogQuery query, SearchSql.Order order, Optional<Cursor> after, int limit, long now) {
    var sql = SearchSql.page(query, order, after, limit + 1, now);
    return readers.run(() -> page(select(sql), order, limit));
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
      return Optional.of(new DialogRow(key, summary, result.getString(2), result.getString(6)));
    } catch (Unreadable e) {
      LOG.warn("the index row of a dialog is left out of a search: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
