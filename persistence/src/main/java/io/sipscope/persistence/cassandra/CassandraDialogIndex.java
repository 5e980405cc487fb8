package io.sipscope.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.sipscope.persistence.index.DialogFilter;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.Related;
import io.sipscope.persistence.index.TimeGrid;
import io.sipscope.persistence.index.Timeline;
import io.sipscope.persistence.sql.Readers;
import io.sipscope.persistence.statistics.Queries;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.sip.CallId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Searches by walking the lists of dialogs from the newest to the oldest, looking up each dialog's
/// row, and testing it here: Cassandra itself can do no more of the filters than the times and the
/// Call-ID.
///
/// What finds much is fast; what finds little walks far. A page that is not full after
/// half of `timeout` is answered as it is, with the place where the next one goes on.
public final class CassandraDialogIndex implements DialogIndex, AutoCloseable {
  /// Rows that are looked up at once.
  private static final int CHUNK = 256;

  /// How long legs of a call are looked for: a tenth of what a page of rare dialogs may take.
  private static final Duration RELATED_TIME = Duration.ofMillis(500);

  /// No key comes after it.
  private static final String LAST_KEY = "\uffff";

  private static final Logger LOG = LoggerFactory.getLogger(CassandraDialogIndex.class);

  private final CqlSession session;
  private final DialogLists lists;
  private final DialogPartition dialogs;
  private final Duration timeout;
  private final Readers readers;

  /// @param readers searches at once, a thread each
  /// @param timeout how long a search may take
  CassandraDialogIndex(
      CqlSession session,
      DialogLists lists,
      DialogPartition dialogs,
      int readers,
      Duration timeout,
      Queries queries) {
    this.session = session;
    this.lists = lists;
    this.dialogs = dialogs;
    this.timeout = timeout;
    this.readers = new Readers(readers, timeout, () -> true, queries);
  }

  @Override
  public CompletionStage<Page> search(
      DialogQuery query, Optional<Cursor> after, int limit, long now) {
    return run(() -> page(DialogList.STARTED, query, after, limit, now));
  }

  @Override
  public CompletionStage<Page> recent(
      DialogQuery query, Optional<Cursor> after, int limit, long now) {
    return run(() -> page(DialogList.UPDATED, query, after, limit, now));
  }

  @Override
  public CompletionStage<List<DialogRow>> around(
      long time, long window, DialogQuery query, int limit, long now) {
    return run(
        () ->
            query.callId().isPresent()
                ? Around.of(time, window, limit, rowsOf(query, now))
                : around(new Around(time, window, limit), query, now));
  }

  @Override
  public CompletionStage<Timeline> timeline(DialogQuery query, TimeGrid grid, long now) {
    return run(() -> counted(query, grid, now));
  }

  @Override
  public CompletionStage<Related> linked(Set<String> links, long from, long to, int limit) {
    var range = ListWalk.Range.of(DialogList.STARTED).before(to, LAST_KEY).reaching(from);
    return run(
        () ->
            related(
                range,
                row ->
                    row.summary().updatedAt() >= from
                        && row.links().stream().anyMatch(links::contains),
                limit));
  }

  @Override
  public CompletionStage<Related> begun(
      DialogQuery query, long from, long to, int limit, long now) {
    var range = ListWalk.Range.of(DialogList.STARTED).before(to, LAST_KEY).downTo(from);
    return run(() -> related(range, DialogFilter.of(query, now), limit));
  }

  /// Walks back from the newest for a bounded time: whoever looks at a call does not wait for what
  /// began long before it.
  private Related related(ListWalk.Range range, Predicate<DialogRow> filter, int limit) {
    long end = System.nanoTime() + RELATED_TIME.toNanos();
    var walk = new ListWalk(session, lists, range);
    var rows = new ArrayList<DialogRow>();
    while (System.nanoTime() < end) {
      var entries = walk.next(CHUNK);
      if (entries.isEmpty()) {
        return new Related(rows, true);
      }
      for (var row : current(DialogList.STARTED, entries, filter)) {
        if (rows.size() == limit) {
          return new Related(rows, false);
        }
        rows.add(row);
      }
    }
    return new Related(rows, false);
  }

  @Override
  public void close() {
    readers.close();
  }

  private <T> CompletionStage<T> run(Callable<T> search) {
    var answer = new CompletableFuture<T>();
    readers
        .run(search)
        .whenComplete(
            (found, failure) -> {
              if (failure == null) {
                answer.complete(found);
              } else {
                answer.completeExceptionally(
                    CassandraAway.answered(CassandraAway.unwrapped(failure)));
              }
            });
    return answer;
  }

  private Page page(
      DialogList list, DialogQuery query, Optional<Cursor> after, int limit, long now) {
    if (query.callId().isPresent()) {
      return pageOf(rowsOf(query, now), list, after, limit);
    }
    var filter = DialogFilter.of(query, now);
    long end = System.nanoTime() + timeout.dividedBy(2).toNanos();
    var walk = new ListWalk(session, lists, range(list, query, after));
    var rows = new ArrayList<DialogRow>();
    // What passes all is full at once; what does not is gone through with long steps.
    for (int step = Math.min(CHUNK, limit + 1); ; step = CHUNK) {
      var entries = walk.next(step);
      if (entries.isEmpty()) {
        return new Page(rows, Optional.empty());
      }
      for (var row : current(list, entries, filter)) {
        if (rows.size() == limit) {
          return new Page(rows, Optional.of(cursor(list, rows.getLast())));
        }
        rows.add(row);
      }
      if (System.nanoTime() > end) {
        var last = entries.getLast();
        return new Page(rows, Optional.of(new Cursor(last.time(), last.key())));
      }
    }
  }

  /// What it comes to within half of the time; the buckets before are left out.
  private Timeline counted(DialogQuery query, TimeGrid grid, long now) {
    var filter = DialogFilter.of(query, now);
    var range = ListWalk.Range.of(DialogList.STARTED).before(grid.end(), "").downTo(grid.from());
    var walk = new ListWalk(session, lists, range);
    var timeline = new Timeline(grid);
    long end = System.nanoTime() + timeout.dividedBy(2).toNanos();
    while (System.nanoTime() < end) {
      var entries = walk.next(CHUNK);
      if (entries.isEmpty()) {
        timeline.countedDownTo(0);
        return timeline;
      }
      for (var row : current(DialogList.STARTED, entries, filter)) {
        timeline.add(row.summary().startedAt(), row.summary().phase() == Phase.FAILED);
      }
      timeline.countedAfter(entries.getLast().time());
    }
    return timeline;
  }

  private static ListWalk.Range range(DialogList list, DialogQuery query, Optional<Cursor> after) {
    var range = ListWalk.Range.of(list);
    if (after.isPresent()) {
      range = range.before(after.get().time(), after.get().key());
    }
    return switch (list) {
      case STARTED -> {
        if (query.end().isPresent()) {
          range = range.before(query.end().getAsLong(), "");
        }
        yield query.start().isPresent() ? range.reaching(query.start().getAsLong()) : range;
      }
      case UPDATED -> query.start().isPresent() ? range.downTo(query.start().getAsLong()) : range;
    };
  }

  /// The rows of entries that are where the row itself says and pass a filter, in their order.
  private List<DialogRow> current(
      DialogList list, List<ListWalk.Entry> entries, Predicate<DialogRow> filter) {
    var asked = entries.stream().map(entry -> dialogs.row(entry.key())).toList();
    var rows = new ArrayList<DialogRow>();
    for (int i = 0; i < entries.size(); i++) {
      long time = entries.get(i).time();
      asked
          .get(i)
          .toCompletableFuture()
          .join()
          .filter(row -> list.time(row) == time)
          .filter(filter)
          .ifPresent(rows::add);
    }
    return rows;
  }

  private static Cursor cursor(DialogList list, DialogRow row) {
    return new Cursor(list.time(row), row.key());
  }

  /// The rows of a query by Call-ID: few, and found without a list.
  private List<DialogRow> rowsOf(DialogQuery query, long now) {
    var callId = query.callId().orElseThrow();
    var key = CallId.of(callId).key();
    var keys = new LinkedHashSet<String>();
    keys.add(key);
    if (!key.equals(callId) && !callId.isEmpty()) {
      keys.addAll(lists.keys(callId));
    }
    var filter = DialogFilter.of(query, now);
    return keys.stream().map(dialogs::row).toList().stream()
        .flatMap(row -> row.toCompletableFuture().join().stream())
        .filter(filter)
        .toList();
  }

  private static Page pageOf(
      List<DialogRow> found, DialogList list, Optional<Cursor> after, int limit) {
    var rows =
        found.stream()
            .filter(row -> after.isEmpty() || isAfter(list, row, after.get()))
            .sorted(newestFirst(list))
            .limit(limit + 1L)
            .toList();
    if (rows.size() <= limit) {
      return new Page(rows, Optional.empty());
    }
    var shown = rows.subList(0, limit);
    return new Page(shown, Optional.of(cursor(list, shown.getLast())));
  }

  private static boolean isAfter(DialogList list, DialogRow row, Cursor cursor) {
    long time = list.time(row);
    return time < cursor.time() || (time == cursor.time() && row.key().compareTo(cursor.key()) < 0);
  }

  private static Comparator<DialogRow> newestFirst(DialogList list) {
    return Comparator.<DialogRow>comparingLong(list::time).thenComparing(DialogRow::key).reversed();
  }

  /// Those that began in the window, and those that were last heard of in it, are all nearer than
  /// those that span it, for which alone it is necessary to go back before it: as far as time
  /// allows.
  private List<DialogRow> around(Around nearest, DialogQuery query, long now)
      throws TimeoutException {
    var filter = DialogFilter.of(query, now);
    long end = System.nanoTime() + timeout.dividedBy(2).toNanos();
    for (var list : DialogList.values()) {
      var inside =
          ListWalk.Range.of(list).before(nearest.latest(), "\uffff").downTo(nearest.earliest());
      if (!collected(list, inside, nearest, filter, end)) {
        throw new TimeoutException("too many dialogs in the window of the search");
      }
    }
    if (!nearest.isFull() && nearest.earliest() > Long.MIN_VALUE) {
      var earlier =
          ListWalk.Range.of(DialogList.STARTED)
              .before(nearest.earliest(), "")
              .reaching(nearest.latest());
      if (!collected(DialogList.STARTED, earlier, nearest, filter, end)) {
        LOG.debug("dialogs that began long before the window were not looked for");
      }
    }
    return nearest.rows();
  }

  /// Whether the range was gone through before the end of the time.
  private boolean collected(
      DialogList list,
      ListWalk.Range range,
      Around nearest,
      Predicate<DialogRow> filter,
      long end) {
    var walk = new ListWalk(session, lists, range);
    while (System.nanoTime() < end) {
      var entries = walk.next(CHUNK);
      if (entries.isEmpty()) {
        return true;
      }
      current(list, entries, filter).forEach(nearest::offer);
    }
    return false;
  }
}
