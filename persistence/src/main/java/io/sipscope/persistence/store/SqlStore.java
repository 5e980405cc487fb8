package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.Dialect;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.JdbcDialogIndex;
import io.sipscope.persistence.journal.JournalWriter;
import io.sipscope.persistence.journal.OpenJournal;
import io.sipscope.persistence.statistics.Counters;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.jdbc.query.javadsl.JdbcReadJournal;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// H2, PostgreSQL or the memory: one database that has the journal and the index. Both are written
/// by one [JournalWriter]; journals are read by Pekko's plugin, with connections of its own.
final class SqlStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

  private final HikariDataSource pool;
  private final JournalWriter writer;
  private final JdbcDialogIndex index;
  private final DialogHistory history;

  private SqlStore(
      HikariDataSource pool, JournalWriter writer, JdbcDialogIndex index, DialogHistory history) {
    this.pool = pool;
    this.writer = writer;
    this.index = index;
    this.history = history;
  }

  /// Waits for a database that is not there yet and brings its tables up to date.
  ///
  /// @throws Store.Unavailable one sentence on what is wrong
  static SqlStore open(ActorSystem<?> system, StoreKind kind, Counters counters) {
    var config = system.settings().config();
    if (kind == StoreKind.MEMORY) {
      LOG.warn(
          "everything is kept in memory only and gone when this node stops: for tests and trials");
    }
    migrate(config, kind);
    var writing = StoreConfig.writing(config);
    int readers = config.getInt("sipscope.index.readers");
    var pool = pool(config, readers + writing.writers());
    var writer = new JournalWriter(pool, dialect(kind), writing, counters);
    OpenJournal.of(system.classicSystem()).writeWith(writer);
    var index = new JdbcDialogIndex(pool, readers, config.getDuration("sipscope.index.timeout"));
    return new SqlStore(pool, writer, index, history(system));
  }

  private static DialogHistory history(ActorSystem<?> system) {
    var journal =
        PersistenceQuery.get(system)
            .getReadJournalFor(JdbcReadJournal.class, JdbcReadJournal.Identifier());
    return new JournalHistory(id -> journal.currentEventsByPersistenceId(id, 0, Long.MAX_VALUE));
  }

  JournalWriter writer() {
    return writer;
  }

  @Override
  public DialogIndex index() {
    return index;
  }

  @Override
  public DialogHistory history() {
    return history;
  }

  @Override
  public CompletionStage<Boolean> alive() {
    return index.alive();
  }

  @Override
  public void close() {
    writer.close();
    index.close();
    pool.close();
  }

  private static IllegalArgumentException noSql(StoreKind kind) {
    return new IllegalArgumentException(kind + " is not a store with SQL");
  }

  private static Dialect dialect(StoreKind kind) {
    return switch (kind) {
      case H2, MEMORY -> Dialect.H2;
      case POSTGRES -> Dialect.POSTGRES;
      case CASSANDRA -> throw noSql(kind);
    };
  }

  /// Nodes that start together take turns: the migration locks its history table.
  private static void migrate(Config config, StoreKind kind) {
    var flyway =
        Flyway.configure(SqlStore.class.getClassLoader())
            .dataSource(
                config.getString("sipscope.jdbc.url"),
                config.getString("sipscope.jdbc.user"),
                config.getString("sipscope.jdbc.password"))
            .locations(
                switch (kind) {
                  case H2, MEMORY -> "classpath:schema/h2";
                  case POSTGRES -> "classpath:schema/postgres";
                  case CASSANDRA -> throw noSql(kind);
                })
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .connectRetries(kind == StoreKind.POSTGRES ? patienceSeconds(config) : 0)
            .connectRetriesInterval(1)
            .load();
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      throw unavailable(kind, config, e);
    }
  }

  private static int patienceSeconds(Config config) {
    return Math.toIntExact(config.getDuration("sipscope.postgres.patience").toSeconds());
  }

  private static Unavailable unavailable(StoreKind kind, Config config, FlywayException cause) {
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
          case CASSANDRA -> throw noSql(kind);
          case POSTGRES ->
              "sipscope.postgres.url (wanted: a database that can be reached and whose tables"
                  + " belong to sipscope.postgres.user)";
        };
    return new Unavailable(
        "the store cannot be opened: " + what + ": " + deepest.getMessage(), cause);
  }

  private static HikariDataSource pool(Config config, int connections) {
    var settings = new HikariConfig();
    settings.setPoolName("store");
    settings.setJdbcUrl(config.getString("sipscope.jdbc.url"));
    settings.setUsername(config.getString("sipscope.jdbc.user"));
    settings.setPassword(config.getString("sipscope.jdbc.password"));
    var init = config.getString("sipscope.jdbc.init");
    if (!init.isEmpty()) {
      settings.setConnectionInitSql(init);
    }
    settings.setMaximumPoolSize(connections);
    settings.setConnectionTimeout(config.getDuration("sipscope.index.timeout").toMillis());
    // The database was just there; should it go, searches fail and come back by themselves.
    settings.setInitializationFailTimeout(-1);
    return new HikariDataSource(settings);
  }
}
