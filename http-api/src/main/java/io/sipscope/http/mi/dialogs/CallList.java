package io.sipscope.http.mi.dialogs;

import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.sip.CallId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// The calls that go on now, the newest first, and those that ended a moment ago: from the index,
/// and what it does not have from their messages.
final class CallList {
  /// Calls in one answer: each has its messages read. Who wants more asks for them in parts.
  static final int MOST_TOLD = 500;

  /// Calls that are counted: each is a row that is read.
  private static final int MOST_COUNTED = 50_000;

  private static final int PAGE = 1_000;

  /// OpenSIPS keeps a dialog that ended for a few seconds.
  private static final Duration AFTERGLOW = Duration.ofSeconds(5);

  /// How long each phase may last in silence, before it counts as expired.
  private static final Duration UNANSWERED = Duration.ofMinutes(3);

  private static final Duration ANSWERED = Duration.ofHours(12);

  private static final Comparator<DialogRow> NEWEST_FIRST =
      Comparator.comparingLong((DialogRow row) -> row.summary().startedAt())
          .reversed()
          .thenComparing(DialogRow::key);

  private final DialogIndex index;
  private final Function<String, CompletionStage<List<Rung>>> messages;
  private final LongSupplier clock;

  /// @param messages the first messages of a dialog, a bounded number
  /// @param clock nanoseconds since the epoch
  CallList(
      DialogIndex index,
      Function<String, CompletionStage<List<Rung>>> messages,
      LongSupplier clock) {
    this.index = index;
    this.messages = messages;
    this.clock = clock;
  }

  /// Calls that go on.
  CompletionStage<List<DialogRow>> active() {
    long now = clock.getAsLong();
    return all(
        List.of(
            rows(Phase.TRYING, UNANSWERED, now),
            rows(Phase.EARLY, UNANSWERED, now),
            rows(Phase.CONFIRMED, ANSWERED, now)));
  }

  /// Calls that go on or just ended.
  CompletionStage<List<DialogRow>> known() {
    long now = clock.getAsLong();
    return all(
        List.of(
            active(),
            rows(Phase.TERMINATED, AFTERGLOW, now),
            rows(Phase.FAILED, AFTERGLOW, now),
            rows(Phase.CANCELLED, AFTERGLOW, now)));
  }

  /// The call of a Call-ID that goes on; empty when there is none.
  CompletionStage<Optional<DialogRow>> find(String callId) {
    long now = clock.getAsLong();
    return index
        .search(DialogQuery.ofDialog(CallId.of(callId).key()), Optional.empty(), 1, now)
        .thenApply(
            page ->
                page.rows().stream()
                    .filter(row -> row.summary().method().equals("INVITE") && goesOn(row, now))
                    .findFirst());
  }

  private static boolean goesOn(DialogRow row, long now) {
    return switch (row.summary().phaseAt(now)) {
      case TRYING, EARLY, CONFIRMED -> true;
      case TERMINATED, FAILED, CANCELLED, EXPIRED -> false;
    };
  }

  private CompletionStage<List<DialogRow>> rows(Phase phase, Duration silence, long now) {
    var query = DialogQuery.ofCalls(phase, now - silence.toNanos());
    return rows(query, Optional.empty(), now, List.of());
  }

  private CompletionStage<List<DialogRow>> rows(
      DialogQuery query, Optional<DialogIndex.Cursor> after, long now, List<DialogRow> before) {
    return index
        .search(query, after, PAGE, now)
        .thenCompose(
            page -> {
              var rows = new ArrayList<>(before);
              rows.addAll(page.rows());
              return page.next().isEmpty() || rows.size() >= MOST_COUNTED
                  ? CompletableFuture.completedStage(rows)
                  : rows(query, page.next(), now, rows);
            });
  }

  private static CompletionStage<List<DialogRow>> all(
      List<CompletionStage<List<DialogRow>>> parts) {
    CompletionStage<List<DialogRow>> all = CompletableFuture.completedStage(List.of());
    for (var part : parts) {
      all = all.thenCombine(part, CallList::joined);
    }
    return all;
  }

  /// A call that moved on meanwhile may be found in two phases.
  private static List<DialogRow> joined(List<DialogRow> some, List<DialogRow> more) {
    var keys = new java.util.HashSet<String>();
    var joined = new ArrayList<DialogRow>(some.size() + more.size());
    some.stream().filter(row -> keys.add(row.key())).forEach(joined::add);
    more.stream().filter(row -> keys.add(row.key())).forEach(joined::add);
    joined.sort(NEWEST_FIRST);
    return joined;
  }

  /// Reads what the index does not have, one call after the other: an answer is no reason to keep
  /// the store from its work.
  CompletionStage<List<ObservedCall>> read(List<DialogRow> rows) {
    CompletionStage<List<ObservedCall>> calls = CompletableFuture.completedStage(new ArrayList<>());
    for (var row : rows) {
      calls =
          calls.thenCompose(
              known ->
                  messages
                      .apply(row.key())
                      .thenApply(
                          rungs -> {
                            known.add(new ObservedCall(row, rungs));
                            return known;
                          }));
    }
    return calls;
  }

  CompletionStage<ObservedCall> read(DialogRow row) {
    return messages.apply(row.key()).thenApply(rungs -> new ObservedCall(row, rungs));
  }
}
