package io.sipscope.persistence.index;

import io.sipscope.persistence.wire.Unreadable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The index as it is at one moment, for all statements of a search: a row that moves on to another
/// segment meanwhile is seen once.
final class IndexView {
  private static final Logger LOG = LoggerFactory.getLogger(IndexView.class);
  private static final long SECOND = 1_000_000_000L;

  private final Connection connection;
  private final IndexParts divided;
  private final long timeout;

  private final long begun = System.nanoTime();
  private boolean parallel = true;
  private Optional<List<IndexPart>> parts = Optional.empty();

  /// @param timeout for all statements together
  IndexView(Connection connection, IndexParts divided, Duration timeout) {
    this.connection = connection;
    this.divided = divided;
    this.timeout = timeout.toNanos();
  }

  /// None when it is read as a whole. The moment begins when it is asked for first.
  List<IndexPart> parts() throws SQLException {
    if (parts.isEmpty()) {
      parts = Optional.of(load());
    }
    return parts.get();
  }

  private List<IndexPart> load() throws SQLException {
    if (divided.equals(IndexParts.UNDIVIDED)) {
      return List.of();
    }
    connection.setAutoCommit(false);
    execute("set transaction isolation level repeatable read, read only");
    return divided.of(connection);
  }

  /// What a stretch has. Processes are started to read a whole part, and for nothing less: they
  /// take longer to start than all the rest.
  List<Found> select(Stretch stretch, SearchSql sql) throws SQLException {
    boolean inParallel = stretch.length() == Stretch.Length.ANY && !stretch.part().terms();
    if (inParallel != parallel) {
      execute("set local max_parallel_workers_per_gather = " + (inParallel ? "default" : "0"));
      parallel = inParallel;
    }
    return select(sql);
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<Found> select(SearchSql sql) throws SQLException {
    try (var statement = prepared(sql);
        var result = statement.executeQuery()) {
      var found = new ArrayList<Found>();
      while (result.next()) {
        found.add(found(result));
      }
      return found;
    }
  }

  /// Adds what a statement by [SearchSql#timeline] counts.
  void count(SearchSql sql, Timeline timeline) throws SQLException {
    try (var statement = prepared(sql);
        var result = statement.executeQuery()) {
      while (result.next()) {
        timeline.add(result.getInt(1), result.getLong(2), result.getLong(3));
      }
    }
  }

  private PreparedStatement prepared(SearchSql sql) throws SQLException {
    var statement = connection.prepareStatement(sql.text());
    statement.setQueryTimeout(secondsLeft());
    int position = 1;
    for (var parameter : sql.parameters()) {
      statement.setObject(position++, parameter);
    }
    return statement;
  }

  private int secondsLeft() throws SQLException {
    long left = timeout - (System.nanoTime() - begun);
    if (left <= 0) {
      throw new SQLTimeoutException("a search of more than " + timeout / SECOND + " s");
    }
    return Math.toIntExact(Math.max(1, left / SECOND));
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
