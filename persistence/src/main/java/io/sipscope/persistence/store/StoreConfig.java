package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.sipscope.persistence.cassandra.CassandraSettings;
import io.sipscope.persistence.journal.JournalReader;
import io.sipscope.persistence.journal.JournalWriter;
import io.sipscope.persistence.journal.SqlJournal;
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
    if (StoreKind.of(base) != StoreKind.CASSANDRA) {
      config.journal();
    }
    config.dialogs();
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
  /// them for ever. Writers and dialogs that wake look up some hundred keys at once, which is never
  /// done best by reading a table, and too little work to start processes for.
  private void postgres() {
    var url = base.getString(POSTGRES_URL);
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new ConfigException.BadValue(
          base.getValue(POSTGRES_URL).origin(),
          POSTGRES_URL,
          (url.isEmpty() ? "it is not set" : "\"" + withoutSecret(url) + "\"")
              + " (wanted: jdbc:postgresql://HOST:PORT/DATABASE)");
    }
    connect(
        "org.postgresql.Driver",
        "slick.jdbc.PostgresProfile$",
        url,
        base.getString("sipscope.postgres.user"),
        base.getString("sipscope.postgres.password"));
    overlay.put("sipscope.jdbc.init.read", "set plan_cache_mode = force_custom_plan");
    var byKeys =
        "set plan_cache_mode = force_custom_plan; set enable_seqscan = off;"
            + " set enable_hashjoin = off; set enable_mergejoin = off;"
            + " set max_parallel_workers_per_gather = 0; set jit = off";
    overlay.put("sipscope.jdbc.init.write", byKeys);
    overlay.put("sipscope.jdbc.init.wake", byKeys);
    sockets("pulse", "sipscope.postgres.connect-timeout");
    sockets("read", "sipscope.postgres.read-timeout");
    sockets("wake", "sipscope.postgres.read-timeout");
    sockets("write", "sipscope.postgres.write-timeout");
    overlay.put(WRITING, base.getConfig("sipscope.journal.postgres").root().unwrapped());
  }

  /// The driver's properties, in whole seconds; the URL may say otherwise.
  private void sockets(String purpose, String timeout) {
    var properties = "sipscope.jdbc.properties." + purpose + ".";
    overlay.put(properties + "connectTimeout", seconds("sipscope.postgres.connect-timeout"));
    overlay.put(properties + "socketTimeout", seconds(timeout));
    overlay.put(properties + "tcpKeepAlive", "true");
  }

  private String seconds(String key) {
    long seconds = base.getDuration(key).toSeconds();
    if (seconds < 1) {
      throw new ConfigException.BadValue(
          base.getValue(key).origin(),
          key,
          "\"" + base.getValue(key).unwrapped() + "\" (wanted: a second or more, such as 5s)");
    }
    return Long.toString(seconds);
  }

  /// A URL may carry user and password; messages show neither.
  private static String withoutSecret(String url) {
    return url.replaceAll("//[^@/]*@", "//").replaceAll("\\?.*", "");
  }

  private void connect(String driver, String profile, String url, String user, String password) {
    overlay.put("sipscope.jdbc.url", url);
    overlay.put("sipscope.jdbc.user", user);
    overlay.put("sipscope.jdbc.password", password);
    overlay.put("sipscope.jdbc.init.read", "");
    overlay.put("sipscope.jdbc.init.write", "");
    overlay.put("sipscope.jdbc.init.wake", "");
    // The plugin insists on a database of its own, which our journal has no use for.
    overlay.put("jdbc-journal.slick.profile", profile);
    var pool = "jdbc-journal.slick.db.";
    overlay.put(pool + "driver", driver);
    overlay.put(pool + "url", url);
    overlay.put(pool + "user", user);
    overlay.put(pool + "password", password);
    overlay.put(pool + "numThreads", 1);
    overlay.put(pool + "maxConnections", 1);
    overlay.put(pool + "minConnections", 0);
  }

  /// How the journal of a store that was configured here is written.
  static JournalWriter.Settings writing(Config configured) {
    var writing = configured.getConfig(WRITING);
    return new JournalWriter.Settings(
        writing.getInt("writers"),
        writing.getInt("batch"),
        writing.getDuration("linger"),
        configured.getInt("sipscope.journal.buffer"),
        configured.getDuration("sipscope.journal.closing-patience"));
  }

  /// How its dialogs are woken.
  static JournalReader.Settings reading(Config configured) {
    var reading = configured.getConfig("sipscope.journal.recovery");
    return new JournalReader.Settings(
        reading.getInt("readers"), reading.getInt("batch"), reading.getDuration("linger"));
  }

  private void dialogs() {
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
    overlay.put("jdbc-journal.class", SqlJournal.class.getName());
    // Nothing blocks in it: writer and reader have threads of their own.
    overlay.put("jdbc-journal.plugin-dispatcher", "pekko.actor.default-dispatcher");
    overlay.put("jdbc-journal.dao", SqlJournalDao.class.getName());
    // Writer and reader hold what they took while the store is away; a breaker or a timeout would
    // fail it meanwhile.
    overlay.put(
        "jdbc-journal.circuit-breaker.call-timeout", base.getValue("sipscope.journal.hold"));
    overlay.put("jdbc-journal.circuit-breaker.max-failures", Integer.MAX_VALUE);
    overlay.put("jdbc-journal.recovery-event-timeout", base.getValue("sipscope.journal.hold"));
    // The table's primary key keeps two writers apart: no filter, an actor a recovery, is needed.
    overlay.put("jdbc-journal.replay-filter.mode", "off");
    overlay.put("jdbc-journal.write-response-global-order", "off");
  }
}
