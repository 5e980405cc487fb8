package io.sipscope.persistence.reindex;

import io.sipscope.persistence.sql.AdvisoryLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/// What building the index is on one kind of database and not on the other.
public enum SqlDialect {
  /// One process has the database: there is nobody to lock out.
  H2 {
    @Override
    boolean lock(Connection connection) {
      return true;
    }

    @Override
    void unlock(Connection connection) {}

    /// H2 keeps count.
    @Override
    OptionalLong events(Connection connection) throws SQLException {
      return number(connection, "select count(*) from event_journal");
    }
  },

  /// An advisory lock of the session: it ends with the connection, whatever becomes of the node.
  POSTGRES {
    @Override
    boolean lock(Connection connection) throws SQLException {
      try (var statement = connection.createStatement();
          var result =
              statement.executeQuery(
                  "select pg_try_advisory_lock(" + AdvisoryLock.REINDEX.key() + ")")) {
        return result.next() && result.getBoolean(1);
      }
    }

    @Override
    void unlock(Connection connection) throws SQLException {
      try (var statement = connection.createStatement()) {
        statement.execute("select pg_advisory_unlock(" + AdvisoryLock.REINDEX.key() + ")");
      }
    }

    /// As many as when the table was last analyzed, which the database does by itself.
    @Override
    OptionalLong events(Connection connection) throws SQLException {
      return number(
          connection,
          """
          select sum(reltuples)::bigint from pg_class
          join pg_inherits on inhrelid = pg_class.oid
          where inhparent = 'event_journal'::regclass and reltuples > 0
          """);
    }
  };

  /// @return whether nobody else has the lock
  abstract boolean lock(Connection connection) throws SQLException;

  abstract void unlock(Connection connection) throws SQLException;

  /// About how many events there are; empty when nobody knows.
  abstract OptionalLong events(Connection connection) throws SQLException;

  private static OptionalLong number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      if (!result.next()) {
        return OptionalLong.empty();
      }
      long number = result.getLong(1);
      return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }
  }
}
