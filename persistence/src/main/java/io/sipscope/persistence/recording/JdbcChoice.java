package io.sipscope.persistence.recording;

import io.sipscope.persistence.sql.Readers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/// The choice as one row of H2 or PostgreSQL, on the threads that searches have.
public final class JdbcChoice implements ChoiceStore {
  private static final String SELECT = "select names from statistic_choice where id = 1";
  private static final String UPDATE = "update statistic_choice set names = ? where id = 1";
  private static final String INSERT = "insert into statistic_choice (id, names) values (1, ?)";

  /// SQLSTATE of a key that is there already: somebody else chose first.
  private static final String THERE = "23505";

  private final DataSource source;
  private final Readers threads;

  public JdbcChoice(DataSource source, Readers threads) {
    this.source = source;
    this.threads = threads;
  }

  @Override
  public CompletionStage<Optional<List<String>>> chosen() {
    return threads.run(
        () -> {
          try (var connection = source.getConnection();
              var select = connection.prepareStatement(SELECT);
              var rows = select.executeQuery()) {
            return rows.next()
                ? Optional.of(rows.getString(1).lines().toList())
                : Optional.<List<String>>empty();
          }
        });
  }

  @Override
  public CompletionStage<Void> choose(List<String> names) {
    var text = String.join("\n", names);
    return threads.run(
        () -> {
          try (var connection = source.getConnection()) {
            if (written(connection, UPDATE, text) == 0) {
              insert(connection, text);
            }
            return null;
          }
        });
  }

  private static void insert(Connection connection, String text) throws SQLException {
    try {
      written(connection, INSERT, text);
    } catch (SQLException e) {
      if (!THERE.equals(e.getSQLState())) {
        throw e;
      }
      written(connection, UPDATE, text);
    }
  }

  private static int written(Connection connection, String sql, String text) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, text);
      return statement.executeUpdate();
    }
  }
}
