package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keyspace and its tables. Nothing is ever deleted: everything ends by its time to live, in
/// files that are dropped whole once all in them has ended.
final class CassandraSchema {
  /// Cassandra's own bound: a time to live is at most 20 years.
  static final int MAX_RETENTION_DAYS = 7_000;

  static final String JOURNAL = "event_journal";

  /// Read by Pekko's plugin and always empty: no event is ever deleted.
  static final String METADATA = "event_journal_deleted";

  static final String TRACE_SWITCH = "trace_switch";
  static final String STATISTIC_CHOICE = "statistic_choice";
  static final String KEPT_NOTE = "kept_note";

  private static final Logger LOG = LoggerFactory.getLogger(CassandraSchema.class);

  /// Lists outlive what they name, so that nothing is kept and not found.
  private static final Duration LISTS_OUTLIVE = Duration.ofDays(2);

  /// Files in which the time of the retention is kept.
  private static final long WINDOWS = 30;

  /// How long a copy may have been away and still be told what it missed.
  private static final int GRACE_SECONDS = 3 * 60 * 60;

  private static final Duration AGREEMENT = Duration.ofSeconds(30);
  private static final int AGREEMENT_LOOK_MILLIS = 100;

  /// As Pekko's plugin reads it; `dialog` and what is beside it are our own, see [DialogPartition].
  private static final String CREATE_JOURNAL =
      """
      create table if not exists {keyspace}.event_journal (
        persistence_id text,
        partition_nr bigint,
        sequence_nr bigint,
        timestamp timeuuid,
        timebucket text,
        writer_uuid text,
        ser_id int,
        ser_manifest text,
        event_manifest text,
        event blob,
        meta_ser_id int,
        meta_ser_manifest text,
        meta blob,
        tags set<text>,
        dialog blob static,
        dialog_messages bigint static,
        primary key ((persistence_id, partition_nr), sequence_nr, timestamp))
      """;

  private static final String CREATE_METADATA =
      """
      create table if not exists {keyspace}.event_journal_deleted (
        persistence_id text primary key,
        deleted_to bigint,
        properties map<text, text>)
      """;

  private static final String CREATE_LIST =
      """
      create table if not exists {keyspace}.dialog_list (
        list tinyint,
        bucket bigint,
        shard tinyint,
        time bigint,
        dialog_key text,
        primary key ((list, bucket, shard), time, dialog_key))
        with clustering order by (time desc, dialog_key desc)
      """;

  private static final String CREATE_BUCKET =
      """
      create table if not exists {keyspace}.dialog_bucket (
        list tinyint,
        bucket bigint,
        shard tinyint,
        last_bucket bigint,
        primary key ((list), bucket, shard, last_bucket))
        with clustering order by (bucket desc, shard asc, last_bucket desc)
      """;

  private static final String CREATE_REINDEX =
      """
      create table if not exists {keyspace}.reindex_lock (
        name text primary key,
        owner text)
      """;

  private static final String CREATE_SAMPLE =
      """
      create table if not exists {keyspace}.statistic_sample (
        day bigint,
        sampled_at bigint,
        statistics blob,
        primary key ((day), sampled_at))
        with clustering order by (sampled_at desc)
      """;

  /// Kept for ever: it is a page of settings.
  private static final String CREATE_TRACE_SWITCH =
      """
      create table if not exists {keyspace}.trace_switch (
        kind text,
        name text,
        entry blob,
        primary key ((kind), name))
      """;

  /// Kept for ever, likewise.
  private static final String CREATE_STATISTIC_CHOICE =
      """
      create table if not exists {keyspace}.statistic_choice (
        name text primary key,
        names text)
      """;

  /// Kept for ever, likewise.
  private static final String CREATE_KEPT_NOTE =
      """
      create table if not exists {keyspace}.kept_note (
        kind text,
        name text,
        written bigint,
        note text,
        primary key ((kind), name))
      """;

  private static final String CREATE_CALL_ID =
      """
      create table if not exists {keyspace}.dialog_call_id (
        call_id text,
        dialog_key text,
        primary key ((call_id), dialog_key))
      """;

  private final CqlSession session;
  private final CassandraSettings settings;
  private final Duration recorded;

  /// @param recorded how long recorded statistics are kept
  CassandraSchema(CqlSession session, CassandraSettings settings, Duration recorded) {
    this.recorded = recorded;
    this.session = session;
    this.settings = settings;
  }

  /// Makes what is missing and sets how long things are kept. Several nodes may do so at once:
  /// each statement says the same whoever says it.
  void bringUpToDate() {
    var statements = new ArrayList<String>();
    keyspace().ifPresent(statements::add);
    var lists = settings.retention().plus(LISTS_OUTLIVE);
    table(JOURNAL, CREATE_JOURNAL + " with ", settings.retention()).ifPresent(statements::add);
    table(METADATA, CREATE_METADATA + " with ", lists).ifPresent(statements::add);
    table(CassandraRebuild.LOCK, CREATE_REINDEX + " with ", lists).ifPresent(statements::add);
    table("statistic_sample", CREATE_SAMPLE + " and ", recorded).ifPresent(statements::add);
    for (var list : List.of("dialog_list", "dialog_bucket", "dialog_call_id")) {
      table(list, ofList(list), lists).ifPresent(statements::add);
    }
    if (known(TRACE_SWITCH).isEmpty()) {
      statements.add(CREATE_TRACE_SWITCH.replace("{keyspace}", settings.keyspace()));
    }
    if (known(STATISTIC_CHOICE).isEmpty()) {
      statements.add(CREATE_STATISTIC_CHOICE.replace("{keyspace}", settings.keyspace()));
    }
    if (known(KEPT_NOTE).isEmpty()) {
      statements.add(CREATE_KEPT_NOTE.replace("{keyspace}", settings.keyspace()));
    }
    if (!statements.isEmpty()) {
      // The driver would learn of each change, a second for each, before the next.
      session.setSchemaMetadataEnabled(false);
      statements.forEach(session::execute);
      awaitAgreement();
      session.setSchemaMetadataEnabled(null);
    }
  }

  private static String ofList(String table) {
    return switch (table) {
      case "dialog_list" -> CREATE_LIST + " and ";
      case "dialog_bucket" -> CREATE_BUCKET + " and ";
      default -> CREATE_CALL_ID + " with ";
    };
  }

  private Optional<String> keyspace() {
    var known = session.getMetadata().getKeyspace(settings.keyspace()).isPresent();
    if (known || settings.replicationFactor() == 0) {
      return Optional.empty();
    }
    long nodes =
        session.getMetadata().getNodes().values().stream()
            .filter(node -> settings.localDatacenter().equals(node.getDatacenter()))
            .count();
    long copies = Math.min(settings.replicationFactor(), nodes);
    if (copies < settings.replicationFactor()) {
      LOG.warn(
          "keyspace {} has {} copies of everything, as datacenter {} has no more nodes"
              + " (sipscope.cassandra.replication-factor = {})",
          settings.keyspace(),
          copies,
          settings.localDatacenter(),
          settings.replicationFactor());
    }
    return Optional.of(
        "create keyspace if not exists "
            + settings.keyspace()
            + " with replication = {'class': 'NetworkTopologyStrategy', '"
            + settings.localDatacenter()
            + "': "
            + copies
            + "}");
  }

  /// What makes a table as it is wanted; nothing if it is.
  private Optional<String> table(String name, String create, Duration kept) {
    var known = known(name);
    if (known.isEmpty()) {
      return Optional.of(create.replace("{keyspace}", settings.keyspace()) + options(kept));
    }
    return secondsKept(known.get()) == kept.toSeconds()
        ? Optional.empty()
        : Optional.of("alter table " + settings.keyspace() + "." + name + " with " + options(kept));
  }

  private Optional<TableMetadata> known(String table) {
    return session
        .getMetadata()
        .getKeyspace(settings.keyspace())
        .flatMap(keyspace -> keyspace.getTable(table));
  }

  private static long secondsKept(TableMetadata table) {
    var seconds = table.getOptions().get(CqlIdentifier.fromInternal("default_time_to_live"));
    return seconds instanceof Integer known ? known : -1;
  }

  private static String options(Duration kept) {
    long windowHours = Math.max(1, kept.toHours() / WINDOWS);
    return "default_time_to_live = "
        + kept.toSeconds()
        + " and gc_grace_seconds = "
        + GRACE_SECONDS
        + " and compaction = {'class': 'TimeWindowCompactionStrategy',"
        + " 'compaction_window_unit': 'HOURS', 'compaction_window_size': "
        + windowHours
        + "}";
  }

  private void awaitAgreement() {
    long end = System.nanoTime() + AGREEMENT.toNanos();
    try {
      while (!session.checkSchemaAgreement() && System.nanoTime() < end) {
        Thread.sleep(AGREEMENT_LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
