package io.sipscope.persistence.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import io.sipscope.persistence.journal.Retention;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What `sipscope.cassandra` says, and the settings of the driver and of Pekko's plugin that
/// follow.
///
/// @param contactPoints `host:port` each
/// @param replicationFactor copies in a keyspace that is made; 0 = it must be there
/// @param retention how long anything is kept
/// @param inFlight bursts that are written at once
/// @param maxWaiting bursts that may wait to be written; more are refused
/// @param closingPatience how long the last writes are waited for
public record CassandraSettings(
    List<String> contactPoints,
    String localDatacenter,
    String keyspace,
    int replicationFactor,
    Duration patience,
    Duration retention,
    int inFlight,
    int maxWaiting,
    Duration closingPatience) {
  /// Events that are read at once: of a few kilobytes each, so megabytes at most.
  private static final int EVENT_PAGE = 100;

  private static final String PATH = "sipscope.cassandra.";
  private static final String PLUGIN = "pekko.persistence.cassandra.";
  private static final String DRIVER = "datastax-java-driver.";
  private static final String PROFILE =
      DRIVER + "profiles.pekko-persistence-cassandra-profile.basic.request.";
  private static final Pattern CONTACT_POINT = Pattern.compile(".+:\\d{1,5}");
  private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");

  /// Reads them from the whole configuration.
  ///
  /// @throws ConfigException one sentence with key, value and what is wanted
  public static CassandraSettings from(Config config) {
    return new CassandraSettings(
        contactPoints(config),
        text(config, "local-datacenter", "a datacenter's name, as the cluster calls it"),
        keyspace(config),
        config.getInt(PATH + "replication-factor"),
        config.getDuration(PATH + "patience"),
        retention(config),
        config.getInt(PATH + "in-flight"),
        config.getInt("sipscope.journal.buffer"),
        config.getDuration("sipscope.journal.closing-patience"));
  }

  /// The driver's and the plugin's settings, to be laid over a configuration.
  ///
  /// @throws ConfigException one sentence with key, value and what is wanted
  public static Map<String, Object> overlay(Config base) {
    var settings = from(base);
    var overlay = new HashMap<String, Object>();
    overlay.put(DRIVER + "basic.contact-points", settings.contactPoints());
    overlay.put(
        DRIVER + "basic.load-balancing-policy.local-datacenter", settings.localDatacenter());
    overlay.put(DRIVER + "advanced.reconnect-on-init", true);
    // The system call of the other clock comes with a library that is left out.
    overlay.put(DRIVER + "advanced.timestamp-generator.force-java-clock", true);
    // What was held while the cluster was away is written within seconds of its return.
    overlay.put(DRIVER + "advanced.reconnection-policy.max-delay", "4s");
    // What is closed has nothing left to say: no seconds of silence are waited for.
    overlay.put(DRIVER + "advanced.netty.io-group.shutdown.quiet-period", 0);
    overlay.put(DRIVER + "advanced.netty.admin-group.shutdown.quiet-period", 0);
    login(base, overlay);
    request(base, DRIVER + "basic.request.", overlay);
    request(base, PROFILE, overlay);
    overlay.put("pekko.persistence.journal.plugin", PLUGIN + "journal");
    overlay.put(PLUGIN + "journal.class", DialogJournal.class.getName());
    // Nothing blocks in it: the driver has threads of its own.
    overlay.put(PLUGIN + "journal.plugin-dispatcher", "pekko.actor.default-dispatcher");
    overlay.put(PLUGIN + "journal.keyspace", settings.keyspace());
    overlay.put(PLUGIN + "journal.table", CassandraSchema.JOURNAL);
    overlay.put(PLUGIN + "journal.metadata-table", CassandraSchema.METADATA);
    overlay.put(PLUGIN + "journal.target-partition-size", DialogPartition.MAX_EVENTS);
    overlay.put(PLUGIN + "journal.support-deletes", "off");
    overlay.put(PLUGIN + "journal.support-all-persistence-ids", "off");
    overlay.put(PLUGIN + "events-by-tag.enabled", false);
    // The first events of a dialog that outlived the retention are gone.
    overlay.put(PLUGIN + "query.gap-free-sequence-numbers", "off");
    // What was written is not read by the plugin's own statements: no filter, an actor a recovery,
    // is needed where two writers cannot write the same number.
    overlay.put(PLUGIN + "journal.replay-filter.mode", "off");
    // The writer holds what it took while the store is away; a breaker or a timeout would fail it
    // meanwhile. Zero is none, and no timer a write.
    overlay.put(PLUGIN + "journal.circuit-breaker.call-timeout", "0s");
    overlay.put(PLUGIN + "journal.circuit-breaker.max-failures", Integer.MAX_VALUE);
    return overlay;
  }

  private static void login(Config base, Map<String, Object> overlay) {
    var username = base.getString(PATH + "username");
    if (!username.isEmpty()) {
      var provider = DRIVER + "advanced.auth-provider.";
      overlay.put(provider + "class", "PlainTextAuthProvider");
      overlay.put(provider + "username", username);
      overlay.put(provider + "password", base.getString(PATH + "password"));
    }
  }

  /// Every statement may be sent twice: what is inserted has its own key, and what is conditional
  /// says on the second time who did it.
  private static void request(Config base, String prefix, Map<String, Object> overlay) {
    var consistency = base.getString(PATH + "consistency");
    var serial =
        switch (consistency) {
          case "LOCAL_QUORUM" -> "LOCAL_SERIAL";
          case "QUORUM" -> "SERIAL";
          default ->
              throw bad(base, "consistency", "\"" + consistency + "\"", "LOCAL_QUORUM or QUORUM");
        };
    overlay.put(prefix + "consistency", consistency);
    overlay.put(prefix + "serial-consistency", serial);
    overlay.put(prefix + "timeout", base.getValue(PATH + "request-timeout"));
    overlay.put(prefix + "default-idempotence", true);
    overlay.put(prefix + "page-size", EVENT_PAGE);
  }

  private static List<String> contactPoints(Config config) {
    var path = PATH + "contact-points";
    var points =
        config.getValue(path).valueType() == ConfigValueType.STRING
            ? Arrays.stream(config.getString(path).split(",", -1)).map(String::strip).toList()
            : config.getStringList(path);
    if (points.isEmpty() || !points.stream().allMatch(p -> CONTACT_POINT.matcher(p).matches())) {
      throw bad(config, "contact-points", points.toString(), "HOST:PORT of some nodes");
    }
    return points;
  }

  private static String keyspace(Config config) {
    var wanted = "lower-case letters, digits and underscores, at most 48";
    var keyspace = text(config, "keyspace", wanted);
    if (!KEYSPACE.matcher(keyspace).matches()) {
      throw bad(config, "keyspace", "\"" + keyspace + "\"", wanted);
    }
    return keyspace;
  }

  private static String text(Config config, String key, String wanted) {
    var text = config.getString(PATH + key);
    if (text.isBlank() || text.indexOf('\'') >= 0) {
      throw bad(config, key, "\"" + text + "\"", wanted);
    }
    return text;
  }

  private static Duration retention(Config config) {
    var kept = Retention.from(config);
    if (kept.bytes() != Long.MAX_VALUE) {
      throw badRetention(config, "bytes", "unlimited, as Cassandra keeps by age only");
    }
    if (kept.age().toDays() > CassandraSchema.MAX_RETENTION_DAYS) {
      throw badRetention(config, "days", "at most " + CassandraSchema.MAX_RETENTION_DAYS);
    }
    return kept.age();
  }

  private static ConfigException badRetention(Config config, String key, String wanted) {
    var path = "sipscope.retention." + key;
    return new ConfigException.BadValue(
        config.getValue(path).origin(), path, config.getString(path) + " (wanted: " + wanted + ")");
  }

  private static ConfigException bad(Config config, String key, String value, String wanted) {
    return new ConfigException.BadValue(
        config.getValue(PATH + key).origin(), PATH + key, value + " (wanted: " + wanted + ")");
  }
}
