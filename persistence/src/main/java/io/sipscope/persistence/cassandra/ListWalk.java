package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/// Goes through a list of dialogs from the newest to the oldest. It waits for the store, and is
/// used by one thread.
///
/// Only buckets that exist are looked into, and of those only the ones whose dialogs were heard of
/// at or after a time.
final class ListWalk {
  private static final int BUCKET_PAGE = 500;
  private static final int ENTRY_PAGE = 200;
  private static final Comparator<Shard> NEWEST_FIRST =
      Comparator.comparing(
          shard -> shard.next,
          Comparator.comparingLong(Entry::time).thenComparing(Entry::key).reversed());

  /// A dialog is listed here by this time.
  record Entry(long time, String key) {}

  /// @param list which list
  /// @param before entries come after this one: they are older, or as old with a lower key
  /// @param oldest no entry is older
  /// @param reaching of lists by the begin: dialogs that were last heard of before are left out
  ///     where that costs nothing
  record Range(DialogList list, Entry before, long oldest, long reaching) {
    /// All of a list.
    static Range of(DialogList list) {
      return new Range(list, new Entry(Long.MAX_VALUE, ""), Long.MIN_VALUE, Long.MIN_VALUE);
    }

    Range before(long time, String key) {
      boolean later = time > before.time || (time == before.time && key.compareTo(before.key) > 0);
      return later ? this : new Range(list, new Entry(time, key), oldest, reaching);
    }

    Range downTo(long time) {
      return new Range(list, before, Math.max(oldest, time), reaching);
    }

    Range reaching(long time) {
      return new Range(list, before, oldest, Math.max(reaching, time));
    }
  }

  private static final class Shard {
    private final Iterator<Row> rows;
    private Entry next;

    Shard(Iterator<Row> rows) {
      this.rows = rows;
    }

    boolean advance() {
      if (!rows.hasNext()) {
        return false;
      }
      var row = rows.next();
      next = new Entry(row.getLong(0), row.getString(1));
      return true;
    }
  }

  private final CqlSession session;
  private final DialogLists lists;
  private final Range range;
  private final Iterator<Row> buckets;
  private final PriorityQueue<Shard> shards = new PriorityQueue<>(NEWEST_FIRST);
  private Row bucket;

  ListWalk(CqlSession session, DialogLists lists, Range range) {
    this.session = session;
    this.lists = lists;
    this.range = range;
    buckets =
        session
            .execute(
                lists
                    .buckets(
                        range.list,
                        DialogList.bucket(range.before.time),
                        DialogList.bucket(range.oldest))
                    .setPageSize(BUCKET_PAGE))
            .iterator();
    bucket = nextBucket();
  }

  /// Some entries; fewer than wanted, or none, at the end.
  List<Entry> next(int wanted) {
    var found = new ArrayList<Entry>(wanted);
    while (found.size() < wanted) {
      if (shards.isEmpty() && !openBucket()) {
        return found;
      }
      var shard = shards.poll();
      if (shard == null) {
        continue;
      }
      if (shard.next.time < range.oldest) {
        shards.clear();
        bucket = null;
        return found;
      }
      found.add(shard.next);
      if (shard.advance()) {
        shards.add(shard);
      }
    }
    return found;
  }

  private Row nextBucket() {
    return buckets.hasNext() ? buckets.next() : null;
  }

  /// Begins with the next bucket; false when there is none.
  private boolean openBucket() {
    if (bucket == null) {
      return false;
    }
    long hour = bucket.getLong(0);
    var wanted = new TreeSet<Byte>();
    while (bucket != null && bucket.getLong(0) == hour) {
      if (range.list == DialogList.UPDATED
          || bucket.getLong(2) >= DialogList.bucket(range.reaching)) {
        wanted.add(bucket.getByte(1));
      }
      bucket = nextBucket();
    }
    var asked = new ArrayList<CompletionStage<AsyncResultSet>>();
    for (byte shard : wanted) {
      asked.add(
          session.executeAsync(
              lists
                  .entries(range.list, hour, shard, range.before.time, range.before.key)
                  .setPageSize(ENTRY_PAGE)));
    }
    for (var answer : asked) {
      var shard = new Shard(new Pages(answer.toCompletableFuture().join()));
      if (shard.advance()) {
        shards.add(shard);
      }
    }
    return true;
  }

  /// The rows of an answer that comes in pages, of which the next is asked for when the one before
  /// is used up.
  private static final class Pages implements Iterator<Row> {
    private AsyncResultSet page;
    private Iterator<Row> rows;

    Pages(AsyncResultSet first) {
      page = first;
      rows = first.currentPage().iterator();
    }

    @Override
    public boolean hasNext() {
      while (!rows.hasNext() && page.hasMorePages()) {
        page = page.fetchNextPage().toCompletableFuture().join();
        rows = page.currentPage().iterator();
      }
      return rows.hasNext();
    }

    @Override
    public Row next() {
      return rows.next();
    }
  }
}
