package io.sipscope.node.trace;

import io.sipscope.persistence.trace.TraceDestination.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;

/// A connection to a database of traces, whose table is as it must be: made where it is missing,
/// with its row in the table `version`, as the scripts of OpenSIPS do it.
final class TraceConnection {
  private static final Pattern TABLE =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)?");

  /// What an answer may take: a commit on a slow disk.
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private TraceConnection() {}

  /// @throws WrongTable when it is of another version
  static Connection open(Database database, TableDialect dialect, Duration timeout) throws Away {
    if (!TABLE.matcher(database.table()).matches()) {
      throw new WrongTable("\"" + database.table() + "\" is no name for a table");
    }
    try {
      var connection =
          DriverManager.getConnection(
              url(database.jdbcUrl()), properties(database, dialect, timeout));
      try {
        connection.setAutoCommit(false);
        prepare(connection, database.table(), dialect);
        return connection;
      } catch (SQLException | Away e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw away(e);
    }
  }

  static Away away(SQLException failure) {
    var state = failure.getSQLState();
    return new Away(
        Away.said(failure).lines().findFirst().orElse("it fails")
            + (state == null ? "" : " (SQLSTATE " + state + ")"),
        failure);
  }

  /// The driver of MariaDB speaks to MySQL, but wants to be asked by its own name.
  private static String url(String jdbcUrl) {
    return jdbcUrl.regionMatches(true, 0, "jdbc:mysql:", 0, 11)
        ? "jdbc:mariadb:" + jdbcUrl.substring(11)
        : jdbcUrl;
  }

  private static Properties properties(Database database, TableDialect dialect, Duration timeout) {
    var properties = new Properties();
    if (!database.user().isEmpty()) {
      properties.setProperty("user", database.user());
      properties.setProperty("password", database.password());
    }
    long seconds = Math.max(1, timeout.toSeconds());
    switch (dialect) {
      case POSTGRES -> {
        properties.setProperty("connectTimeout", Long.toString(seconds));
        properties.setProperty("loginTimeout", Long.toString(seconds));
        properties.setProperty("socketTimeout", Long.toString(ANSWER.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "sipscope-trace");
      }
      case MARIADB -> {
        properties.setProperty("connectTimeout", Long.toString(timeout.toMillis()));
        properties.setProperty("socketTimeout", Long.toString(ANSWER.toMillis()));
        properties.setProperty("tcpKeepAlive", "true");
        // MySQL 8 without TLS encrypts the password by a key that it must be asked for.
        properties.setProperty("allowPublicKeyRetrieval", "true");
      }
      case H2 -> {}
    }
    return properties;
  }

  private static void prepare(Connection connection, String table, TableDialect dialect)
      throws SQLException, Away {
    boolean isThere = exists(connection, table);
    boolean hasVersions = exists(connection, "version");
    int version = hasVersions ? version(connection, table) : 0;
    if (isThere
        ? version != TableDialect.VERSION
        : version != 0 && version != TableDialect.VERSION) {
      throw new WrongTable(
          "the table "
              + table
              + " is of version "
              + version
              + " by the table \"version\" (5 is wanted, the one of OpenSIPS 2.2 to 4.1)");
    }
    if (!isThere) {
      create(connection, table, dialect, version);
    }
    connection.commit();
  }

  /// Whether a question about it is answered; what it is answered by is not looked at.
  private static boolean exists(Connection connection, String table) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeQuery("select 1 from " + table + " where 1 = 0").close();
      connection.rollback();
      return true;
    } catch (SQLException e) {
      if (!isMissing(e)) {
        throw e;
      }
      connection.rollback();
      return false;
    }
  }

  /// PostgreSQL 42P01, MySQL and MariaDB 42S02, H2 42S02, 42S03 and 42S04; a schema that is not
  /// there (3F000) has no table either.
  private static boolean isMissing(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    return state.equals("42P01") || state.startsWith("42S0") || state.equals("3F000");
  }

  /// 0 when there is none.
  private static int version(Connection connection, String table) throws SQLException {
    var sql = "select table_version from version where table_name = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? rows.getInt(1) : 0;
      }
    }
  }

  private static void create(Connection connection, String table, TableDialect dialect, int version)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(dialect.versionTable());
      for (var part : dialect.table(table)) {
        statement.execute(part);
      }
    }
    if (version == 0) {
      var sql = "insert into version (table_name, table_version) values (?, ?)";
      try (var insert = connection.prepareStatement(sql)) {
        insert.setString(1, table);
        insert.setInt(2, TableDialect.VERSION);
        insert.executeUpdate();
      }
    }
  }
}
