package io.sipscope.http.export;

import io.sipscope.http.Problem;
import io.sipscope.http.dialogs.StoredDialogs;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.net.Transport;
import java.io.NotSerializableException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what was captured back for an export.
///
/// Captures are in time order as far as memory bounds allow: dialogs are taken newest first, as the
/// search lists them, in groups of some thousand messages; within a group all are sorted. A dialog
/// with more messages than that is a group of its own, in the order in which it was stored.
public final class StoredCaptures {
  /// Messages sorted in memory at a time.
  static final int SORTED = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(StoredCaptures.class);

  private static final int ROWS = 500;
  private static final int REPLAYS = 4;
  private static final Comparator<Capture> BY_TIME = Comparator.comparingLong(Capture::time);

  private static final Comparator<DialogRow> NEWEST_FIRST =
      Comparator.comparingLong((DialogRow row) -> row.summary().startedAt()).reversed();

  private final ActorSystem<?> system;
  private final StoredDialogs stored;

  public StoredCaptures(ActorSystem<?> system, StoredDialogs stored) {
    this.system = system;
    this.stored = stored;
  }

  /// The messages of one dialog that were received at or before `at`.
  Source<Capture, NotUsed> dialog(DialogRow row, long at) {
    return isLong(row) ? captures(row, at) : sorted(List.of(row), at);
  }

  /// Every message of every dialog that a search finds.
  Source<Capture, NotUsed> search(DialogQuery query, long now) {
    return grouped(rows(query, now));
  }

  /// Every message of dialogs that were chosen by their keys; fails with 404 where one of them is
  /// not stored.
  CompletionStage<Source<Capture, NotUsed>> chosen(List<String> keys, long now) {
    return Source.from(keys)
        .mapAsync(REPLAYS, key -> row(key, now))
        .runWith(Sink.seq(), system)
        .thenApply(rows -> grouped(Source.from(rows.stream().sorted(NEWEST_FIRST).toList())));
  }

  private CompletionStage<DialogRow> row(String key, long now) {
    return stored
        .index()
        .search(DialogQuery.ofDialog(key), Optional.empty(), 1, now)
        .thenApply(page -> page.rows().stream().findFirst().orElseThrow(() -> gone(key).refused()));
  }

  private static Problem gone(String key) {
    return Problem.of(
        404, "There is no dialog with the Call-ID or key \"" + key + "\": nothing is exported.");
  }

  private Source<Capture, NotUsed> grouped(Source<DialogRow, NotUsed> rows) {
    return rows.groupedWeighted(SORTED, row -> row.summary().messages()).flatMapConcat(this::group);
  }

  /// Only the last of a group can be longer than what is sorted.
  private Source<Capture, NotUsed> group(List<DialogRow> rows) {
    var last = rows.getLast();
    if (!isLong(last)) {
      return sorted(rows, Long.MAX_VALUE);
    }
    return sorted(rows.subList(0, rows.size() - 1), Long.MAX_VALUE)
        .concat(captures(last, Long.MAX_VALUE));
  }

  private static boolean isLong(DialogRow row) {
    return row.summary().messages() > SORTED;
  }

  private Source<Capture, NotUsed> sorted(List<DialogRow> rows, long at) {
    return Source.from(rows)
        .mapAsync(REPLAYS, row -> captures(row, at).runWith(Sink.seq(), system))
        .mapConcat(captures -> captures)
        .grouped(2 * SORTED) // what arrived since the rows were read is taken along
        .mapConcat(captures -> captures.stream().sorted(BY_TIME).toList());
  }

  /// A dialog that is damaged takes no other with it: behind what can be read stands one capture
  /// without SIP.
  private Source<Capture, NotUsed> captures(DialogRow row, long at) {
    var damaged = new AtomicBoolean();
    return stored
        .history()
        .messages(row.key(), at, _ -> damaged.set(true))
        .map(Rung::capture)
        .concatLazy(
            Source.lazySource(
                () -> damaged.get() ? Source.single(unreadable(row)) : Source.<Capture>empty()))
        .recoverWithRetries(
            1, NotSerializableException.class, () -> Source.lazySingle(() -> unreadable(row)));
  }

  private static Capture unreadable(DialogRow row) {
    LOG.warn("an export lacks messages of a dialog that cannot be read: {}", row.key());
    var summary = row.summary();
    return new Capture(
        summary.updatedAt(),
        summary.updatedAt(),
        Transport.UDP,
        summary.source(),
        summary.destination(),
        Agent.NONE,
        "",
        SourceKind.HEP,
        Bytes.EMPTY);
  }

  /// Where reading the index stands.
  private sealed interface Reading {
    record From(Optional<DialogIndex.Cursor> after) implements Reading {}

    record AtEnd() implements Reading {}
  }

  private Source<DialogRow, NotUsed> rows(DialogQuery query, long now) {
    return Source.unfoldAsync(
            (Reading) new Reading.From(Optional.empty()),
            reading ->
                switch (reading) {
                  case Reading.From(var after) -> page(query, after, now);
                  case Reading.AtEnd() -> end();
                })
        .mapConcat(rows -> rows);
  }

  private CompletionStage<Optional<Pair<Reading, List<DialogRow>>>> page(
      DialogQuery query, Optional<DialogIndex.Cursor> after, long now) {
    return stored
        .index()
        .search(query, after, ROWS, now)
        .thenApply(page -> Optional.of(Pair.create(next(page), page.rows())));
  }

  private static Reading next(DialogIndex.Page page) {
    return page.next().isPresent() ? new Reading.From(page.next()) : new Reading.AtEnd();
  }

  private static <T> CompletionStage<Optional<T>> end() {
    return CompletableFuture.completedStage(Optional.empty());
  }
}
