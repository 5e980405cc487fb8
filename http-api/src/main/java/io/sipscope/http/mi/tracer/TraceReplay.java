package io.sipscope.http.mi.tracer;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.http.Problem;
import io.sipscope.http.dialogs.DialogReader;
import io.sipscope.http.dialogs.StoredDialogs;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.query.PageCursor;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.trace.Tracing;
import io.sipscope.protocol.capture.Nanos;
import io.sipscope.protocol.dialog.CausalOrder;
import io.sipscope.protocol.dialog.Rung;
import java.io.NotSerializableException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// Sends dialogs that are stored to a trace_id, newest first, the messages of each in causal order,
/// with their own times. It waits while the destinations have no room, so that live messages keep
/// theirs; and it ends in time for an answer: then it says where to go on.
final class TraceReplay {
  /// Dialogs looked up at a time.
  private static final int PAGE = 50;

  /// Nothing is begun later than that: who asked by HTTP hears something within 20 s.
  private static final Duration BUDGET = Duration.ofSeconds(10);

  /// How much longer it is waited for room.
  private static final Duration STUCK = Duration.ofSeconds(4);

  /// How soon it is looked again for room.
  private static final Duration AGAIN = Duration.ofMillis(20);

  private final ActorSystem<?> system;
  private final StoredDialogs stored;
  private final Tracing tracing;
  private final Supplier<Instant> now;

  TraceReplay(StoredDialogs stored, Tracer tracer, Supplier<Instant> now) {
    this.system = tracer.system();
    this.stored = stored;
    this.tracing = tracer.tracing();
    this.now = now;
  }

  /// How far it came.
  ///
  /// @param after what was sent last
  /// @param isStuck whether the destinations had no room for too long
  private record Progress(
      long dialogs,
      long messages,
      long damaged,
      Optional<DialogIndex.Cursor> after,
      boolean isStuck) {
    Progress and(DialogRow row, Sent sent) {
      return new Progress(
          dialogs + (sent.isWhole() ? 1 : 0),
          messages + sent.messages(),
          damaged + (sent.isDamaged() ? 1 : 0),
          sent.isWhole()
              ? Optional.of(new DialogIndex.Cursor(row.summary().startedAt(), row.key()))
              : after,
          !sent.isWhole());
    }
  }

  /// What one dialog came to.
  private record Sent(long messages, boolean isDamaged, boolean isWhole) {}

  /// @param routes of the trace_id
  /// @param cursor where an earlier one ended
  CompletionStage<MiOutcome> run(List<String> routes, JsonNode filter, Optional<String> cursor) {
    try {
      var query = ReplayFilter.read(filter);
      var after = cursor.map(PageCursor::read);
      var end = now.get().plus(BUDGET);
      return pages(routes, query, new Progress(0, 0, 0, after, false), end);
    } catch (Problem.Refused refused) {
      return new MiOutcome.Fault(400, "Bad parameter value", refused.problem().detail()).now();
    }
  }

  private CompletionStage<MiOutcome> pages(
      List<String> routes, DialogQuery query, Progress soFar, Instant end) {
    return stored
        .index()
        .search(query, soFar.after(), PAGE, Nanos.of(now.get()))
        .thenCompose(
            page ->
                sent(routes, page.rows(), soFar, end)
                    .thenCompose(done -> next(routes, query, page, soFar, done, end)));
  }

  private CompletionStage<MiOutcome> next(
      List<String> routes,
      DialogQuery query,
      DialogIndex.Page page,
      Progress before,
      Progress done,
      Instant end) {
    boolean isWhole = done.dialogs() - before.dialogs() == page.rows().size();
    if (isWhole && page.next().isEmpty()) {
      return answer(done, true).now();
    }
    return done.isStuck() || !now.get().isBefore(end)
        ? answer(done, false).now()
        : pages(routes, query, done, end);
  }

  private CompletionStage<Progress> sent(
      List<String> routes, List<DialogRow> rows, Progress soFar, Instant end) {
    return Source.from(rows)
        .takeWhile(_ -> now.get().isBefore(end))
        .runFoldAsync(
            soFar,
            (progress, row) ->
                progress.isStuck()
                    ? CompletableFuture.completedStage(progress)
                    : dialog(routes, row, end).thenApply(sent -> progress.and(row, sent)),
            system);
  }

  /// One that is longer than what is sorted anywhere is sent as far as that goes.
  private CompletionStage<Sent> dialog(List<String> routes, DialogRow row, Instant end) {
    return stored
        .history()
        .messages(row.key(), Long.MAX_VALUE)
        .take(DialogReader.MAX_MESSAGES)
        .runWith(Sink.seq(), system)
        .thenCompose(
            rungs ->
                Source.from(CausalOrder.sort(rungs))
                    .mapAsync(1, rung -> send(routes, row, rung, end.plus(STUCK)))
                    .takeWhile(hadRoom -> hadRoom)
                    .runFold(0L, (count, _) -> count + 1, system)
                    .thenApply(
                        count -> new Sent(count, !row.damaged().isEmpty(), count == rungs.size())))
        .exceptionallyCompose(TraceReplay::damaged);
  }

  private static CompletionStage<Sent> damaged(Throwable failure) {
    var cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof NotSerializableException
        ? CompletableFuture.completedStage(new Sent(0, true, true))
        : CompletableFuture.failedStage(cause);
  }

  /// Whether there was room before the end.
  private CompletionStage<Boolean> send(
      List<String> routes, DialogRow row, Rung rung, Instant end) {
    for (int i = 0; i < routes.size(); i++) {
      if (!tracing.replay(routes.get(i), row.key(), row.summary(), rung)) {
        var left = routes.subList(i, routes.size());
        return now.get().isBefore(end)
            ? Patterns.after(AGAIN, system.classicSystem(), () -> send(left, row, rung, end))
            : CompletableFuture.completedStage(false);
      }
    }
    return CompletableFuture.completedStage(true);
  }

  private static MiOutcome answer(Progress done, boolean isAll) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("dialogs", done.dialogs());
    answer.put("messages", done.messages());
    answer.put("damaged", done.damaged());
    answer.put("complete", isAll);
    if (!isAll) {
      done.after().map(PageCursor::text).ifPresent(next -> answer.put("cursor", next));
    }
    return MiOutcome.of(answer);
  }
}
