package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.sipscope.persistence.cassandra.CassandraSettings;
import io.sipscope.persistence.journal.JournalWriter;
import io.sipscope.persistence.journal.SqlJournalDao;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Turns the few `sipscope.*` settings of a store into the many that Pekko's persistence, its JDBC
/// plugin, Slick and the connection pools want. What was computed and is needed again to open the
/// store is under `sipscope.jdbc`.
final class StoreConfig {
  private static final String POSTGRES_URL = "sipscope.postgres.url";
  private static final String WRITING = "sipscope.jdbc.writing";

  private final Config base;
  private final Map<String, Object> overlay = new HashMap<>();

  private StoreConfig(Config base) {
    this.base = base;
  }

  static Config configure(Config base) {
    var config = new StoreConfig(base);
    switch (StoreKind.of(base)) {
      case H2 -> config.h2("file:" + config.dataFile() + ";WRITE_DELAY=0");
      case MEMORY -> config.h2("mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
      case POSTGRES -> config.postgres();
      case CASSANDRA -> config.overlay.putAll(CassandraSettings.overlay(base));
    }
    config.common();
    if (StoreKind.of(base) != StoreKind.CASSANDRA) {
      config.journal();
    }
    return ConfigFactory.parseMap(config.overlay, "the settings of the store").withFallback(base);
  }

  private Path dataFile() {
    var folder = base.getString("sipscope.data-dir");
    if (folder.isBlank() || folder.indexOf(';') >= 0) {
      throw new ConfigException.BadValue(
          base.getValue("sipscope.data-dir").origin(),
          "sipscope.data-dir",
          "\"" + folder + "\" (wanted: a folder, without a semicolon in its name)");
    }
    return Path.of(folder).toAbsolutePath().normalize().resolve("sipscope");
  }

  /// One writer, large batches: measured to be H2's best; and with several at once, of 200 stores
  /// that were killed while they wrote one or two had indexes that did not match their table any
  /// more. The shutdown of the node closes the database, not a hook that may come before the last
  /// write.
  private void h2(String database) {
    connect(
        "org.h2.Driver",
        "slick.jdbc.H2Profile$",
        "jdbc:h2:" + database + ";DB_CLOSE_ON_EXIT=FALSE;DATABASE_TO_LOWER=TRUE",
        "sa",
        "");
    overlay.put(WRITING, base.getConfig("sipscope.journal.h2").root().unwrapped());
  }

  /// Plans are made for each execution: one that was cached while the tables were empty scans
  /// them for ever.
  private void postgres() {
    var url = base.getString(POSTGRES_URL);
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new ConfigException.BadValue(
          base.getValue(POSTGRES_URL).origin(),
          POSTGRES_URL,
          (url.isEmpty() ? "it is not set" : "\"" + withoutSecret(url) + "\"")
              + " (wanted: jdbc:postgresql://HOST:PORT/DATABASE)");
    }
    var batched = url + (url.indexOf('?') < 0 ? "?" : "&") + "reWriteBatchedInserts=true";
    connect(
        "org.postgresql.Driver",
        "slick.jdbc.PostgresProfile$",
        batched,
        base.getString("sipscope.postgres.user"),
        base.getString("sipscope.postgres.password"));
    overlay.put("sipscope.jdbc.init", "set plan_cache_mode = force_custom_plan");
    overlay.put(
        "jdbc-journal.slick.db.connectionInitSql", "set plan_cache_mode = force_custom_plan");
    overlay.put(
        "jdbc-read-journal.slick.db.connectionInitSql", "set plan_cache_mode = force_custom_plan");
    overlay.put(WRITING, base.getConfig("sipscope.journal.postgres").root().unwrapped());
  }

  /// A URL may carry user and password; messages show neither.
  private static String withoutSecret(String url) {
    return url.replaceAll("//[^@/]*@", "//").replaceAll("\\?.*", "");
  }

  private void connect(String driver, String profile, String url, String user, String password) {
    overlay.put("sipscope.jdbc.url", url);
    overlay.put("sipscope.jdbc.user", user);
    overlay.put("sipscope.jdbc.password", password);
    overlay.put("sipscope.jdbc.init", "");
    for (var plugin : new String[] {"jdbc-journal", "jdbc-read-journal"}) {
      overlay.put(plugin + ".slick.profile", profile);
      var pool = plugin + ".slick.db.";
      overlay.put(pool + "driver", driver);
      overlay.put(pool + "url", url);
      overlay.put(pool + "user", user);
      overlay.put(pool + "password", password);
      overlay.put(pool + "connectionTimeout", base.getValue("sipscope.journal.connection-timeout"));
    }
  }

  /// How the journal of a store that was configured here is written.
  static JournalWriter.Settings writing(Config configured) {
    var writing = configured.getConfig(WRITING);
    return new JournalWriter.Settings(
        writing.getInt("writers"),
        writing.getInt("batch"),
        configured.getInt("sipscope.journal.buffer"),
        configured.getDuration("sipscope.journal.closing-patience"));
  }

  private void pool(String plugin, String connections) {
    for (var key : new String[] {"numThreads", "maxConnections", "minConnections"}) {
      overlay.put(plugin + ".slick.db." + key, base.getInt(connections));
    }
  }

  private void common() {
    overlay.put("pekko.persistence.snapshot-store.plugin", "");
    overlay.put(
        "pekko.persistence.max-concurrent-recoveries", base.getInt("sipscope.journal.recoveries"));
    overlay.put("pekko.cluster.sharding.passivation.strategy", "default-idle-strategy");
    overlay.put(
        "pekko.cluster.sharding.passivation.default-idle-strategy.idle-entity.timeout",
        base.getValue("sipscope.dialog.passivate-after"));
  }

  private void journal() {
    overlay.put("pekko.persistence.journal.plugin", "jdbc-journal");
    overlay.put("jdbc-journal.dao", SqlJournalDao.class.getName());
    pool("jdbc-journal", "sipscope.journal.recovery-connections");
    pool("jdbc-read-journal", "sipscope.journal.read-connections");
    // Every dialog that wakes asks at once: the queue for connections has room for all there are.
    overlay.put("jdbc-journal.slick.db.queueSize", base.getInt("sipscope.journal.buffer"));
    // The writer holds what it took while the store is away; a breaker would fail it meanwhile.
    overlay.put(
        "jdbc-journal.circuit-breaker.call-timeout", base.getValue("sipscope.journal.hold"));
    overlay.put("jdbc-journal.circuit-breaker.max-failures", Integer.MAX_VALUE);
    // Events are bursts, of some kilobytes each: batches that are read stay in the megabytes.
    overlay.put("jdbc-journal.replayBatchSize", base.getInt("sipscope.journal.replay-batch"));
    overlay.put("jdbc-read-journal.max-buffer-size", base.getInt("sipscope.journal.replay-batch"));
    // The table's primary key keeps two writers apart: no filter, an actor a recovery, is needed.
    overlay.put("jdbc-journal.replay-filter.mode", "off");
    overlay.put("jdbc-journal.write-response-global-order", "off");
  }
}
