package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.H2IndexTable;
import io.sipscope.persistence.index.IndexParts;
import io.sipscope.persistence.index.IndexTable;
import io.sipscope.persistence.index.JdbcDamageNotes;
import io.sipscope.persistence.index.JdbcDialogIndex;
import io.sipscope.persistence.index.PostgresIndexParts;
import io.sipscope.persistence.index.PostgresIndexTable;
import io.sipscope.persistence.index.PostgresSearchIndexes;
import io.sipscope.persistence.index.Trunks;
import io.sipscope.persistence.journal.EventTable;
import io.sipscope.persistence.journal.H2Sweep;
import io.sipscope.persistence.journal.JournalReader;
import io.sipscope.persistence.journal.JournalTable;
import io.sipscope.persistence.journal.JournalWriter;
import io.sipscope.persistence.journal.OpenJournal;
import io.sipscope.persistence.journal.PostgresSegments;
import io.sipscope.persistence.journal.Retention;
import io.sipscope.persistence.journal.Upkeep;
import io.sipscope.persistence.legs.LegSettings;
import io.sipscope.persistence.notes.JdbcNotes;
import io.sipscope.persistence.notes.NoteStore;
import io.sipscope.persistence.recording.ChoiceStore;
import io.sipscope.persistence.recording.JdbcChoice;
import io.sipscope.persistence.recording.JdbcSamples;
import io.sipscope.persistence.recording.SampleStore;
import io.sipscope.persistence.reindex.Reindex;
import io.sipscope.persistence.reindex.SqlDialect;
import io.sipscope.persistence.reindex.SqlRebuild;
import io.sipscope.persistence.sql.NotedSql;
import io.sipscope.persistence.sql.Pulse;
import io.sipscope.persistence.sql.Readers;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Queries;
import io.sipscope.persistence.statistics.Slowness;
import io.sipscope.persistence.statistics.Threshold;
import io.sipscope.persistence.trace.JdbcTraceMemory;
import io.sipscope.persistence.trace.TraceMemory;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.serialization.SerializationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// H2, PostgreSQL or the memory: one database that has the journal and the index. Both are written
/// by one [JournalWriter]; dialogs that wake are read by one [JournalReader].
final class SqlStore implements Store {
  /// The upkeep is one connection's work.
  private static final int FOR_UPKEEP = 1;

  /// While the store is away nobody waits long for a connection: who waits for the store waits for
  /// its pulse.
  private static final Duration CONNECTION = Duration.ofSeconds(2);
  /// So is building the index anew.
  private static final int FOR_REINDEX = 1;

  private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

  private final Parts parts;

  /// What is to be closed, in this order.
  private record Parts(
      Pulse pulse,
      Reindex reindex,
      Upkeep upkeep,
      JournalReader wakers,
      JournalWriter writer,
      Readers readers,
      HikariDataSource writing,
      HikariDataSource waking,
      HikariDataSource reading) {}

  private final JdbcDialogIndex index;
  private final DialogHistory history;
  private final TraceMemory traces;
  private final SampleStore samples;
  private final ChoiceStore choice;
  private final NoteStore notes;

  private SqlStore(
      Parts parts,
      JdbcDialogIndex index,
      DialogHistory history,
      TraceMemory traces,
      SampleStore samples,
      ChoiceStore choice,
      NoteStore notes) {
    this.notes = notes;
    this.samples = samples;
    this.choice = choice;
    this.parts = parts;
    this.index = index;
    this.history = history;
    this.traces = traces;
  }

  /// Waits for a database that is not there yet and brings its tables up to date.
  ///
  /// @throws Store.Unavailable one sentence on what is wrong
  static SqlStore open(
      ActorSystem<?> system, StoreKind kind, Counters counters, Slowness slowness) {
    var config = system.settings().config();
    if (kind == StoreKind.MEMORY) {
      LOG.warn(
          "everything is kept in memory only and gone when this node stops: for tests and trials");
    }
    Migration.run(config, kind);
    var writers = StoreConfig.writing(config);
    var wakers = StoreConfig.reading(config);
    int readers = config.getInt("sipscope.index.readers");
    var reading = pool(config, "read", readers);
    var waking = pool(config, "wake", wakers.readers());
    var writing = pool(config, "write", writers.writers() + FOR_UPKEEP + FOR_REINDEX);
    var tables = tables(config, kind, writing, counters);
    var pulse = pulse(config, kind);
    var threshold =
        Threshold.of(config.getDuration("sipscope.thresholds.sql"), source(kind), slowness);
    var queries = Queries.of(counters, "sql", threshold);
    var noted = NotedSql.noting(reading);
    var writer =
        new JournalWriter(
            writing, tables.events(), tables.index(), writers, counters, queries, pulse);
    var waker = new JournalReader(NotedSql.noting(waking), wakers, pulse, queries);
    var timeout = config.getDuration("sipscope.index.timeout");
    var threads = new Readers(readers, timeout, pulse::beats, queries);
    var notes = new JdbcDamageNotes(noted, threads);
    OpenJournal.of(system.classicSystem()).use(writer, waker, notes);
    var index = new JdbcDialogIndex(noted, tables.parts(), threads, timeout);
    var journal = new JournalTable(noted);
    var history =
        new JournalHistory(
            system,
            (id, from, to, max) -> threads.run(() -> journal.page(id, from, to, max)),
            notes);
    var reindex =
        new Reindex(
            SqlRebuild.opening(writing, tables.index(), dialect(kind)),
            SerializationExtension.get(system),
            Trunks.from(config),
            LegSettings.links(config),
            Clock.systemUTC());
    var upkeep = new Upkeep(tables.upkeep(), config.getDuration("sipscope.retention.every"));
    pulse.awaitFirst();
    return new SqlStore(
        new Parts(pulse, reindex, upkeep, waker, writer, threads, writing, waking, reading),
        index,
        history,
        new JdbcTraceMemory(noted, threads),
        new JdbcSamples(noted, threads),
        new JdbcChoice(noted, threads),
        new JdbcNotes(noted, threads));
  }

  /// As OpenSIPS names slow queries; it knows no H2.
  private static String source(StoreKind kind) {
    return switch (kind) {
      case H2, MEMORY -> "h2 query";
      case POSTGRES -> "pgsql query";
      case CASSANDRA -> throw noSql(kind);
    };
  }

  private static SqlDialect dialect(StoreKind kind) {
    return switch (kind) {
      case H2, MEMORY -> SqlDialect.H2;
      case POSTGRES -> SqlDialect.POSTGRES;
      case CASSANDRA -> throw noSql(kind);
    };
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
              var gone = segments.run(now);
              searchIndexes.run(now);
              return gone;
            });
      }
      case CASSANDRA -> throw noSql(kind);
    };
  }

  private static PostgresSegments segments(
      Config config, DataSource source, Retention retention, Counters counters) {
    try {
      return new PostgresSegments(source, retention, counters);
    } catch (SQLException e) {
      throw Migration.unavailable(StoreKind.POSTGRES, config, e);
    }
  }

  static IllegalArgumentException noSql(StoreKind kind) {
    return new IllegalArgumentException(kind + " is not a store with SQL");
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
  public SampleStore samples() {
    return samples;
  }

  @Override
  public ChoiceStore choice() {
    return choice;
  }

  @Override
  public NoteStore notes() {
    return notes;
  }

  @Override
  public TraceMemory traces() {
    return traces;
  }

  @Override
  public Optional<String> trouble() {
    return parts.pulse().trouble().or(parts.writer()::trouble);
  }

  @Override
  public Optional<Sweep> sweep() {
    return parts.upkeep().last();
  }

  @Override
  public Reindex reindex() {
    return parts.reindex();
  }

  @Override
  public void close() {
    parts.reindex().close();
    parts.upkeep().close();
    parts.wakers().close();
    parts.writer().close();
    parts.readers().close();
    parts.pulse().close();
    parts.writing().close();
    parts.waking().close();
    parts.reading().close();
  }

  private static Pulse pulse(Config config, StoreKind kind) {
    var properties = properties(config, "pulse");
    properties.setProperty("user", config.getString("sipscope.jdbc.user"));
    properties.setProperty("password", config.getString("sipscope.jdbc.password"));
    var url = config.getString("sipscope.jdbc.url");
    return new Pulse(
        () -> DriverManager.getConnection(url, properties),
        switch (kind) {
          case H2, MEMORY -> Pulse.Question.ANY;
          case POSTGRES -> Pulse.Question.READ_ONLY;
          case CASSANDRA -> throw noSql(kind);
        });
  }

  private static Properties properties(Config config, String purpose) {
    var properties = new Properties();
    config
        .getConfig("sipscope.jdbc.properties." + purpose)
        .entrySet()
        .forEach(
            entry ->
                properties.setProperty(
                    entry.getKey(), String.valueOf(entry.getValue().unwrapped())));
    return properties;
  }

  private static HikariDataSource pool(Config config, String purpose, int connections) {
    var settings = new HikariConfig();
    settings.setPoolName("store-" + purpose);
    settings.setJdbcUrl(config.getString("sipscope.jdbc.url"));
    settings.setUsername(config.getString("sipscope.jdbc.user"));
    settings.setPassword(config.getString("sipscope.jdbc.password"));
    settings.setDataSourceProperties(properties(config, purpose));
    var init = config.getString("sipscope.jdbc.init." + purpose);
    if (!init.isEmpty()) {
      settings.setConnectionInitSql(init);
    }
    settings.setMaximumPoolSize(connections);
    // Made when somebody waits for one: what a pool makes for stock while the store is away it
    // tries less and less often, and then comes seconds late.
    settings.setMinimumIdle(0);
    settings.setConnectionTimeout(CONNECTION.toMillis());
    settings.setValidationTimeout(CONNECTION.toMillis() / 2);
    if (StoreKind.of(config) == StoreKind.H2) {
      // It closes its database when the disk is full, and calls connections to that valid for ever.
      settings.setConnectionTestQuery("select 1");
    }
    // The database was just there; should it go, searches fail and come back by themselves.
    settings.setInitializationFailTimeout(-1);
    return new HikariDataSource(settings);
  }
}
