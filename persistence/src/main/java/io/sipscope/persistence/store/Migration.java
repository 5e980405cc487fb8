package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import io.sipscope.persistence.sql.AdvisoryLock;
import io.sipscope.persistence.sql.StoreAway;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the tables of a database up to date, and waits for one that is not there yet.
final class Migration {
  /// How soon a database that is not there yet is looked for again: a second.
  private static final long AGAIN_NANOS = 1_000_000_000L;
  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

  private Migration() {}

  /// @throws Store.Unavailable one sentence on what is wrong
  static void run(Config config, StoreKind kind) {
    try {
      if (kind == StoreKind.POSTGRES) {
        inTurn(config);
      } else {
        flyway(config, "classpath:schema/h2").migrate();
      }
    } catch (SQLException | FlywayException e) {
      throw unavailable(kind, config, e);
    }
  }

  /// Nodes that start together take turns. The lock is the connection's, and ends with it.
  private static void inTurn(Config config) throws SQLException {
    try (var connection = connect(config);
        var statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock(" + AdvisoryLock.MIGRATION.key() + ")");
      flyway(config, "classpath:schema/postgres").migrate();
    }
  }

  private static Flyway flyway(Config config, String schema) {
    return Flyway.configure(Migration.class.getClassLoader())
        .dataSource(
            config.getString("sipscope.jdbc.url"),
            config.getString("sipscope.jdbc.user"),
            config.getString("sipscope.jdbc.password"))
        .locations(schema)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }

  /// Waits for a database that is not there yet.
  private static Connection connect(Config config) throws SQLException {
    long end = System.nanoTime() + config.getDuration("sipscope.postgres.patience").toNanos();
    while (true) {
      try {
        return DriverManager.getConnection(
            config.getString("sipscope.jdbc.url"),
            config.getString("sipscope.jdbc.user"),
            config.getString("sipscope.jdbc.password"));
      } catch (SQLException e) {
        if (!StoreAway.isWhy(e) || System.nanoTime() - end > 0) {
          throw e;
        }
        LOG.info("the database is not there yet: {}", e.getMessage());
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
  }

  static Store.Unavailable unavailable(StoreKind kind, Config config, Exception cause) {
    var deepest = (Throwable) cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    var what =
        switch (kind) {
          case H2 ->
              "sipscope.data-dir = "
                  + config.getString("sipscope.data-dir")
                  + " (wanted: a folder that can be written and that no other node uses)";
          case MEMORY -> "sipscope.store = memory";
          case CASSANDRA -> throw SqlStore.noSql(kind);
          case POSTGRES ->
              "sipscope.postgres.url (wanted: a database that can be reached and whose tables"
                  + " belong to sipscope.postgres.user)";
        };
    return new Store.Unavailable(
        "the store cannot be opened: " + what + ": " + deepest.getMessage(), cause);
  }
}
