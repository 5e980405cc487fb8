package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.H2IndexTable;
import io.sipscope.persistence.index.IndexParts;
import io.sipscope.persistence.index.IndexTable;
import io.sipscope.persistence.index.JdbcDialogIndex;
import io.sipscope.persistence.index.PostgresIndexParts;
import io.sipscope.persistence.index.PostgresIndexTable;
import io.sipscope.persistence.index.PostgresSearchIndexes;
import io.sipscope.persistence.journal.EventTable;
import io.sipscope.persistence.journal.H2Sweep;
import io.sipscope.persistence.journal.JournalReader;
import io.sipscope.persistence.journal.JournalTable;
import io.sipscope.persistence.journal.JournalWriter;
import io.sipscope.persistence.journal.OpenJournal;
import io.sipscope.persistence.journal.PostgresSegments;
import io.sipscope.persistence.journal.Retention;
import io.sipscope.persistence.journal.Upkeep;
import io.sipscope.persistence.sql.Readers;
import io.sipscope.persistence.statistics.Counters;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// H2, PostgreSQL or the memory: one database that has the journal and the index. Both are written
/// by one [JournalWriter]; dialogs that wake are read by one [JournalReader].
final class SqlStore implements Store {
  /// The upkeep is one connection's work.
  private static final int FOR_UPKEEP = 1;

  private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

  private final Parts parts;

  /// What is to be closed, in this order.
  private record Parts(
      Upkeep upkeep,
      JournalReader wakers,
      JournalWriter writer,
      Readers readers,
      HikariDataSource writing,
      HikariDataSource reading) {}

  private final JdbcDialogIndex index;
  private final DialogHistory history;

  private SqlStore(Parts parts, JdbcDialogIndex index, DialogHistory history) {
    this.parts = parts;
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
    var writers = StoreConfig.writing(config);
    var wakers = StoreConfig.reading(config);
    int readers = config.getInt("sipscope.index.readers");
    var reading = pool(config, "read", readers);
    var writing = pool(config, "write", writers.writers() + wakers.readers() + FOR_UPKEEP);
    var tables = tables(config, kind, writing, counters);
    var writer = new JournalWriter(writing, tables.events(), tables.index(), writers, counters);
    var waker = new JournalReader(writing, wakers);
    OpenJournal.of(system.classicSystem()).use(writer, waker);
    var threads = new Readers(readers);
    var index =
        new JdbcDialogIndex(
            reading, tables.parts(), threads, config.getDuration("sipscope.index.timeout"));
    var journal = new JournalTable(reading);
    var history =
        new JournalHistory(
            system, (id, from, to, max) -> threads.run(() -> journal.page(id, from, to, max)));
    var upkeep = new Upkeep(tables.upkeep(), config.getDuration("sipscope.retention.every"));
    return new SqlStore(
        new Parts(upkeep, waker, writer, threads, writing, reading), index, history);
  }

  private record Tables(
      EventTable events, IndexTable index, IndexParts parts, Upkeep.Task upkeep) {}

  private static Tables tables(
      Config config, StoreKind kind, DataSource source, Counters counters) {
    var retention = Retention.from(config);
    return switch (kind) {
      case H2, MEMORY ->
          new Tables(
              new EventTable.ByInsert(),
              new H2IndexTable(),
              IndexParts.UNDIVIDED,
              new H2Sweep(source, retention, counters));
      case POSTGRES -> {
        var segments = segments(config, source, retention, counters);
        var searchIndexes = new PostgresSearchIndexes(source);
        yield new Tables(
            new EventTable.ByCopy(segments::current),
            new PostgresIndexTable(segments::current),
            new PostgresIndexParts(),
            now -> {
              segments.run(now);
              searchIndexes.run(now);
            });
      }
    };
  }

  private static PostgresSegments segments(
      Config config, DataSource source, Retention retention, Counters counters) {
    try {
      return new PostgresSegments(source, retention, counters);
    } catch (SQLException e) {
      throw unavailable(StoreKind.POSTGRES, config, e);
    }
  }

  JournalWriter writer() {
    return parts.writer();
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
    parts.upkeep().close();
    parts.wakers().close();
    parts.writer().close();
    parts.readers().close();
    parts.writing().close();
    parts.reading().close();
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

  private static Unavailable unavailable(StoreKind kind, Config config, Exception cause) {
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
          case POSTGRES ->
              "sipscope.postgres.url (wanted: a database that can be reached and whose tables"
                  + " belong to sipscope.postgres.user)";
        };
    return new Unavailable(
        "the store cannot be opened: " + what + ": " + deepest.getMessage(), cause);
  }

  private static HikariDataSource pool(Config config, String purpose, int connections) {
    var settings = new HikariConfig();
    settings.setPoolName("store-" + purpose);
    settings.setJdbcUrl(config.getString("sipscope.jdbc.url"));
    settings.setUsername(config.getString("sipscope.jdbc.user"));
    settings.setPassword(config.getString("sipscope.jdbc.password"));
    var init = config.getString("sipscope.jdbc.init." + purpose);
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
