package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.IndexTable.Change;
import io.sipscope.persistence.journal.JournalEntry;
import io.sipscope.persistence.reindex.Rebuild;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Builds the index of a Cassandra keyspace: the rows, which are with the events, and the lists.
/// Dialogs come in the order of their tokens, as the cluster keeps them.
///
/// A row of the table `reindex_lock` says who does it, for [#LOCKED] at a time; it is written
/// again and again meanwhile.
final class CassandraRebuild implements Rebuild {
  static final String LOCK = "reindex_lock";

  private static final Duration LOCKED = Duration.ofMinutes(2);
  private static final Duration RENEWED_AFTER = Duration.ofSeconds(30);

  private final CqlSession session;
  private final CassandraSettings settings;
  private final DialogPartition dialogs;
  private final DialogLists lists;
  private final String owner;
  private final PreparedStatement fromTheBeginning;
  private final PreparedStatement following;
  private final PreparedStatement rows;
  private final PreparedStatement followingRows;
  private final PreparedStatement remove;
  private long renewedAt = System.nanoTime();

  private CassandraRebuild(
      CqlSession session,
      CassandraSettings settings,
      DialogPartition dialogs,
      DialogLists lists,
      String owner) {
    this.session = session;
    this.settings = settings;
    this.dialogs = dialogs;
    this.lists = lists;
    this.owner = owner;
    var table = settings.keyspace() + "." + CassandraSchema.JOURNAL;
    var after = " where token(persistence_id, partition_nr) > token(?, 0)";
    var events =
        "select persistence_id, sequence_nr, writer_uuid, ser_id, ser_manifest, event,"
            + " writetime(event) from "
            + table;
    fromTheBeginning = session.prepare(events + " limit ?");
    following = session.prepare(events + after + " limit ?");
    var first = "select persistence_id, sequence_nr, dialog_messages from " + table;
    rows = session.prepare(first + " per partition limit 1 limit ?");
    followingRows = session.prepare(first + after + " per partition limit 1 limit ?");
    remove =
        session.prepare(
            "update "
                + table
                + " set dialog = null, dialog_messages = null"
                + " where persistence_id = ? and partition_nr = 0 if dialog_messages = ?");
  }

  static Opening opening(
      CqlSession session, CassandraSettings settings, DialogPartition dialogs, DialogLists lists) {
    return () -> {
      var owner = UUID.randomUUID().toString();
      boolean alone =
          asked(
              () ->
                  session
                      .execute(
                          locking(
                              settings,
                              "insert into {lock} (name, owner) values ('reindex', ?)"
                                  + " if not exists using ttl {seconds}",
                              owner))
                      .wasApplied());
      if (!alone) {
        throw new Underway("Another node is building the index already.");
      }
      lists.forget();
      return asked(() -> new CassandraRebuild(session, settings, dialogs, lists, owner));
    };
  }

  private static SimpleStatement locking(
      CassandraSettings settings, String statement, Object... values) {
    return SimpleStatement.newInstance(
        statement
            .replace("{lock}", settings.keyspace() + "." + LOCK)
            .replace("{seconds}", Long.toString(LOCKED.toSeconds())),
        values);
  }

  // The driver throws what it likes; here every failure must be told passing or not.
  private static <T> T asked(Callable<T> question) throws Failed {
    try {
      return question.call();
    } catch (Failed e) {
      throw e;
    } catch (Exception e) {
      throw new Failed(e, CassandraAway.isWhy(CassandraAway.unwrapped(e)));
    }
  }

  private static <T> T awaited(CompletionStage<T> answer) {
    return answer.toCompletableFuture().join();
  }

  /// To count them is to read them all.
  @Override
  public OptionalLong events() {
    return OptionalLong.empty();
  }

  /// The rest of the entity's, else the next entities'.
  @Override
  public List<JournalEntry> after(String id, long sequence, int limit) throws Failed {
    return asked(
        () -> {
          renewLock();
          if (!id.isEmpty()) {
            var rest = awaited(dialogs.page(id, sequence + 1, Long.MAX_VALUE, limit));
            if (!rest.isEmpty()) {
              return rest;
            }
          }
          return ofNext(id, limit);
        });
  }

  /// What has a row and no events is passed over.
  private List<JournalEntry> ofNext(String id, int limit) {
    var last = id;
    while (true) {
      var found = some(fromTheBeginning, following, last, limit);
      var entries =
          found.stream().filter(row -> !row.isNull(1)).map(DialogPartition::entry).toList();
      if (found.isEmpty() || !entries.isEmpty()) {
        return entries;
      }
      last = found.getLast().getString(0);
    }
  }

  private List<Row> some(PreparedStatement first, PreparedStatement next, String after, int limit) {
    BoundStatement bound = after.isEmpty() ? first.bind(limit) : next.bind(after, limit);
    return session.execute(bound.setPageSize(limit)).all();
  }

  @Override
  public int write(Collection<Change> changes) throws Failed {
    return asked(
        () -> {
          renewLock();
          var written =
              changes.stream().map(change -> write(change).toCompletableFuture()).toList();
          return (int) written.stream().filter(CompletableFuture::join).count();
        });
  }

  /// @return whether the row was written
  private CompletionStage<Boolean> write(Change change) {
    return dialogs
        .row(change.row().key())
        .thenCompose(
            known -> {
              var next = next(known, change.row());
              return lists
                  .add(next)
                  .thenCompose(
                      _ ->
                          known.filter(next::equals).isPresent()
                              ? CompletableFuture.completedStage(false)
                              : dialogs.rebuild(next, messages(known), secondsLeft(change)));
            });
  }

  /// A row with more messages stays, but for whether it is damaged.
  private static DialogRow next(Optional<DialogRow> known, DialogRow told) {
    return known
        .filter(row -> row.summary().messages() > told.summary().messages())
        .map(
            row ->
                new DialogRow(row.key(), row.summary(), row.trunk(), told.damaged(), row.links()))
        .orElse(told);
  }

  private static OptionalLong messages(Optional<DialogRow> known) {
    return known.isPresent()
        ? OptionalLong.of(known.get().summary().messages())
        : OptionalLong.empty();
  }

  /// A row is kept for as long as its newest event.
  private int secondsLeft(Change change) {
    long age = (System.currentTimeMillis() - change.writtenAt()) / 1_000;
    long left = settings.retention().toSeconds() - Math.max(0, age);
    return Math.toIntExact(Math.max(1, left));
  }

  @Override
  public Swept sweep(String key, int limit) throws Failed {
    return asked(
        () -> {
          renewLock();
          var after = key.isEmpty() ? "" : Dialog.persistenceId(key).id();
          var found = some(rows, followingRows, after, limit);
          int removed = 0;
          for (var row : found) {
            if (row.isNull(1) && !row.isNull(2)) {
              var gone = session.execute(remove.bind(row.getString(0), row.getLong(2)));
              removed += gone.wasApplied() ? 1 : 0;
            }
          }
          return new Swept(
              found.size() < limit ? "" : Dialog.key(found.getLast().getString(0)), removed);
        });
  }

  private void renewLock() throws Failed {
    if (System.nanoTime() - renewedAt < RENEWED_AFTER.toNanos()) {
      return;
    }
    var renewed =
        session.execute(
            locking(
                settings,
                "update {lock} using ttl {seconds} set owner = ? where name = 'reindex'"
                    + " if owner = ?",
                owner,
                owner));
    if (!renewed.wasApplied()) {
      throw new Failed(
          new Underway("this took too long, and another node may be building the index"), false);
    }
    renewedAt = System.nanoTime();
  }

  /// What cannot be given back ends by itself.
  @Override
  public void close() {
    session.executeAsync(
        locking(settings, "delete from {lock} where name = 'reindex' if owner = ?", owner));
  }
}
