package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.Searchable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Where a dialog is listed: by when it began, by when it was last heard of, and by its Call-ID
/// where that is not its key. Lists hold keys only. They may name what is not there, or not there
/// any more, and say nothing of it: its row decides (see [DialogPartition]). What must not be is a
/// dialog whose row is on no list, so it is listed first.
///
/// A list is cut into hours, which are cut into shards; table `dialog_bucket` has those that
/// exist, and until when dialogs that began in them were heard of, so that searches skip what is
/// empty or out of their time.
final class DialogLists {
  /// Buckets this node knows to be there; beyond, all are forgotten and written once more.
  private static final int MAX_KNOWN = 100_000;

  /// A bucket is written once more when its time to live has become shorter by so much.
  private static final Duration RENEWED_AFTER = Duration.ofDays(1);

  private final CqlSession session;
  private final PreparedStatement entry;
  private final PreparedStatement bucket;
  private final PreparedStatement callId;
  private final PreparedStatement keys;
  private final PreparedStatement buckets;
  private final PreparedStatement entries;
  private final Map<Bucket, Long> known = new ConcurrentHashMap<>();

  private record Bucket(DialogList list, long hour, byte shard, long last) {}

  DialogLists(CqlSession session, String keyspace) {
    this.session = session;
    entry =
        session.prepare(
            "insert into "
                + keyspace
                + ".dialog_list (list, bucket, shard, time, dialog_key) values (?, ?, ?, ?, ?)");
    bucket =
        session.prepare(
            "insert into "
                + keyspace
                + ".dialog_bucket (list, bucket, shard, last_bucket) values (?, ?, ?, ?)");
    callId =
        session.prepare(
            "insert into " + keyspace + ".dialog_call_id (call_id, dialog_key) values (?, ?)");
    keys =
        session.prepare("select dialog_key from " + keyspace + ".dialog_call_id where call_id = ?");
    buckets =
        session.prepare(
            "select bucket, shard, last_bucket from "
                + keyspace
                + ".dialog_bucket where list = ? and bucket <= ? and bucket >= ?");
    entries =
        session.prepare(
            "select time, dialog_key from "
                + keyspace
                + ".dialog_list where list = ? and bucket = ? and shard = ?"
                + " and (time, dialog_key) < (?, ?)");
  }

  /// Completes when the dialog is on every list it belongs to.
  CompletionStage<Void> add(DialogRow row) {
    var writes = new ArrayList<CompletableFuture<?>>();
    for (var list : DialogList.values()) {
      add(list, row, writes);
    }
    var text = row.summary().callId();
    if (!text.isEmpty() && !text.equals(row.key())) {
      writes.add(run(callId.bind(Searchable.printable(text), row.key())));
    }
    return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
  }

  private void add(DialogList list, DialogRow row, List<CompletableFuture<?>> writes) {
    long time = list.time(row);
    long hour = DialogList.bucket(time);
    byte shard = DialogList.shard(row.key());
    long last = Math.max(hour, DialogList.bucket(row.summary().updatedAt()));
    var place = new Bucket(list, hour, shard, last);
    long now = System.nanoTime();
    var written = known.get(place);
    if (written == null || now - written > RENEWED_AFTER.toNanos()) {
      writes.add(
          run(bucket.bind(list.code(), hour, shard, last)).thenRun(() -> remember(place, now)));
    }
    writes.add(run(entry.bind(list.code(), hour, shard, time, row.key())));
  }

  /// Has every bucket written once more, whatever was written before.
  void forget() {
    known.clear();
  }

  private void remember(Bucket place, long now) {
    if (known.size() >= MAX_KNOWN) {
      known.clear();
    }
    known.put(place, now);
  }

  private CompletableFuture<Void> run(BoundStatement statement) {
    return session.executeAsync(statement).<Void>thenApply(_ -> null).toCompletableFuture();
  }

  /// The keys of the dialogs with a Call-ID that is not their key.
  List<String> keys(String text) {
    var found = new ArrayList<String>();
    for (var row : session.execute(keys.bind(Searchable.printable(text)))) {
      found.add(row.getString(0));
    }
    return found;
  }

  /// The buckets of a list, newest first, from hour `newest` down to `oldest`.
  BoundStatement buckets(DialogList list, long newest, long oldest) {
    return buckets.bind(list.code(), newest, oldest);
  }

  /// The entries of a shard that come after a position.
  BoundStatement entries(DialogList list, long hour, byte shard, long time, String key) {
    return entries.bind(list.code(), hour, shard, time, key);
  }
}
