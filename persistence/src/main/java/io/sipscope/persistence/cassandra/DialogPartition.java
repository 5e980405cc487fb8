package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.journal.JournalEntry;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.protocol.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that is kept of a dialog, in one partition: its events, and its index row, which is a
/// static column. An event and the row that follows from it are one mutation, so both are there or
/// none.
///
/// An event is inserted if there is none of its number, which Cassandra decides by consensus: of
/// two writers of one dialog, as after a split of the cluster, one is told that it was
/// [Overtaken]. For that an event's `timestamp`, which is part of the plugin's key, follows from
/// its number. A write whose answer was lost is sent again, and finds that the event there is its
/// own.
final class DialogPartition {
  /// Above what any dialog has: a dialog is never split over partitions.
  static final long MAX_EVENTS = 1L << 50;

  private static final Logger LOG = LoggerFactory.getLogger(DialogPartition.class);
  private static final long PARTITION = 0;
  private static final long MICROS_IN_MILLI = 1_000;

  /// A row may appear or go between two looks, for which it is looked at again; not for ever.
  private static final int MAX_LOOKS = 10;

  private final CqlSession session;
  private final PreparedStatement append;
  private final PreparedStatement writer;
  private final PreparedStatement highest;
  private final PreparedStatement page;
  private final PreparedStatement row;
  private final PreparedStatement replace;
  private final PreparedStatement fill;
  private final PreparedStatement rebuild;
  private final PreparedStatement rebuildMissing;
  private final PreparedStatement note;

  DialogPartition(CqlSession session, String keyspace) {
    this.session = session;
    var table = keyspace + "." + CassandraSchema.JOURNAL;
    var one = " where persistence_id = ? and partition_nr = ?";
    append =
        session.prepare(
            "insert into "
                + table
                + " (persistence_id, partition_nr, sequence_nr, timestamp, writer_uuid, ser_id,"
                + " ser_manifest, event_manifest, event, dialog, dialog_messages)"
                + " values (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?) if not exists");
    writer =
        session.prepare("select writer_uuid from " + table + one + " and sequence_nr = ? limit 1");
    highest =
        session.prepare(
            "select sequence_nr from " + table + one + " order by sequence_nr desc limit 1");
    page =
        session.prepare(
            "select persistence_id, sequence_nr, writer_uuid, ser_id, ser_manifest, event,"
                + " writetime(event) from "
                + table
                + one
                + " and sequence_nr >= ? and sequence_nr <= ? limit ?");
    row =
        session.prepare("select distinct persistence_id, partition_nr, dialog from " + table + one);
    var update = "update " + table + " set dialog = ?, dialog_messages = ?" + one;
    replace = session.prepare(update + " if dialog_messages <= ?");
    fill = session.prepare(update + " if dialog_messages = null");
    var expiring = "update " + table + " using ttl ? set dialog = ?, dialog_messages = ?" + one;
    rebuild = session.prepare(expiring + " if dialog_messages = ?");
    rebuildMissing = session.prepare(expiring + " if dialog_messages = null");
    note = session.prepare("update " + table + " set dialog = ?" + one + " if dialog_messages = ?");
  }

  /// Writes events of one dialog and its row, all or nothing.
  ///
  /// @return fails with [Overtaken] when another writer was there first
  CompletionStage<Void> append(List<JournalEntry> events, Optional<DialogRow> after) {
    var inserts = new ArrayList<BatchableStatement<?>>(events.size());
    for (var event : events) {
      inserts.add(insert(event, after));
    }
    var statement =
        inserts.size() == 1
            ? (BoundStatement) inserts.getFirst()
            : BatchStatement.newInstance(BatchType.UNLOGGED, inserts);
    return session
        .executeAsync(statement)
        .thenCompose(result -> result.wasApplied() ? done() : expectOwn(events));
  }

  private BoundStatement insert(JournalEntry event, Optional<DialogRow> after) {
    var bound =
        append
            .bind()
            .setString(0, event.persistenceId())
            .setLong(1, PARTITION)
            .setLong(2, event.sequence())
            .setUuid(3, Uuids.startOf(event.sequence()))
            .setString(4, event.writer())
            .setInt(5, event.serializer())
            .setString(6, event.manifest())
            .setByteBuffer(7, ByteBuffer.wrap(event.payload().toArray()));
    // Unset columns stay as they are.
    return after.isEmpty()
        ? bound
        : bound
            .setByteBuffer(8, StoredRow.encode(after.get()))
            .setLong(9, after.get().summary().messages());
  }

  private CompletionStage<Void> expectOwn(List<JournalEntry> events) {
    CompletionStage<Void> checked = done();
    for (var event : events) {
      checked =
          checked.thenCompose(
              _ ->
                  session
                      .executeAsync(writer.bind(event.persistenceId(), PARTITION, event.sequence()))
                      .thenAccept(found -> expectOwn(event, found)));
    }
    return checked;
  }

  private static void expectOwn(JournalEntry event, AsyncResultSet found) {
    var one = found.one();
    if (one == null || !event.writer().equals(one.getString(0))) {
      throw new Overtaken(event);
    }
  }

  /// Writes a row unless the one there has more messages.
  CompletionStage<Void> replace(DialogRow next) {
    return replace(next, 0);
  }

  private CompletionStage<Void> replace(DialogRow next, int looks) {
    if (looks == MAX_LOOKS) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("the row of " + next.key() + " comes and goes"));
    }
    var pid = Dialog.persistenceId(next.key()).id();
    long messages = next.summary().messages();
    var stored = StoredRow.encode(next);
    return session
        .executeAsync(replace.bind(stored, messages, pid, PARTITION, messages))
        .thenCompose(
            result -> {
              if (result.wasApplied() || isThere(result)) {
                return done();
              }
              return session
                  .executeAsync(fill.bind(stored, messages, pid, PARTITION))
                  .thenCompose(filled -> filled.wasApplied() ? done() : replace(next, looks + 1));
            });
  }

  /// Writes a row in the place of one that was read, unless an event came meanwhile.
  ///
  /// @param known how many messages that had; empty when there was none
  /// @param secondsLeft how long it is kept
  /// @return whether it was written
  CompletionStage<Boolean> rebuild(DialogRow next, OptionalLong known, int secondsLeft) {
    var statement = known.isPresent() ? rebuild : rebuildMissing;
    var bound =
        statement
            .bind()
            .setInt(0, secondsLeft)
            .setByteBuffer(1, StoredRow.encode(next))
            .setLong(2, next.summary().messages())
            .setString(3, Dialog.persistenceId(next.key()).id())
            .setLong(4, PARTITION);
    return session
        .executeAsync(known.isPresent() ? bound.setLong(5, known.getAsLong()) : bound)
        .thenApply(AsyncResultSet::wasApplied);
  }

  /// Notes that a dialog is damaged, unless its row says so or an event came meanwhile.
  CompletionStage<Void> note(String key, String damaged) {
    return row(key).thenCompose(known -> known.isEmpty() ? done() : note(known.get(), damaged));
  }

  private CompletionStage<Void> note(DialogRow known, String damaged) {
    if (!known.damaged().isEmpty()) {
      return done();
    }
    var next = new DialogRow(known.key(), known.summary(), known.trunk(), damaged, known.links());
    var pid = Dialog.persistenceId(known.key()).id();
    long messages = known.summary().messages();
    return session
        .executeAsync(note.bind(StoredRow.encode(next), pid, PARTITION, messages))
        .thenApply(_ -> null);
  }

  private static boolean isThere(AsyncResultSet refused) {
    var known = refused.one();
    return known != null
        && known.getColumnDefinitions().contains("dialog_messages")
        && !known.isNull("dialog_messages");
  }

  /// The row of a dialog; empty when there is none, or none that can be read.
  CompletionStage<Optional<DialogRow>> row(String key) {
    return session
        .executeAsync(row.bind(Dialog.persistenceId(key).id(), PARTITION))
        .thenApply(
            found -> {
              var one = found.one();
              return one == null || one.isNull(2)
                  ? Optional.empty()
                  : decoded(key, one.getByteBuffer(2));
            });
  }

  /// One damaged row does not take its page with it.
  private static Optional<DialogRow> decoded(String key, ByteBuffer stored) {
    try {
      return Optional.of(StoredRow.decode(key, stored));
    } catch (Unreadable e) {
      LOG.warn("the index row of a dialog is left out of a search: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /// The number of a dialog's last event; 0 when it has none.
  CompletionStage<Long> highestSequence(String persistenceId) {
    return session
        .executeAsync(highest.bind(persistenceId, PARTITION))
        .thenApply(
            found -> {
              var one = found.one();
              return one == null || one.isNull(0) ? 0L : one.getLong(0);
            });
  }

  /// The first events of an entity from one sequence number to another, both included.
  ///
  /// @param limit how many at most
  CompletionStage<List<JournalEntry>> page(String id, long from, long to, int limit) {
    return session
        .executeAsync(page.bind(id, PARTITION, from, to, limit).setPageSize(limit))
        .thenApply(
            found -> {
              var entries = new ArrayList<JournalEntry>();
              found.currentPage().forEach(row -> entries.add(entry(row)));
              return entries;
            });
  }

  /// @param row what the columns of [#page] are of
  static JournalEntry entry(Row row) {
    return new JournalEntry(
        row.getString(0),
        row.getLong(1),
        row.getString(2),
        row.getLong(6) / MICROS_IN_MILLI,
        row.getInt(3),
        row.getString(4),
        bytes(row.getByteBuffer(5)));
  }

  private static Bytes bytes(ByteBuffer buffer) {
    var array = new byte[buffer.remaining()];
    buffer.duplicate().get(array);
    return Bytes.of(array);
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
