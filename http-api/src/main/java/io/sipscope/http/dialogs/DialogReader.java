package io.sipscope.http.dialogs;

import io.sipscope.http.Asking;
import io.sipscope.http.Problem;
import io.sipscope.http.json.Rfc3339;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.sip.CallId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongUnaryOperator;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;

/// Finds one dialog and reads its messages back.
public final class DialogReader {
  /// Messages of one dialog in one answer: it is sorted in memory. A dialog with more is read in
  /// parts, or as a pcapng file.
  public static final int MAX_MESSAGES = 20_000;

  private final ActorSystem<?> system;
  private final StoredDialogs stored;
  private final Asking asking;

  public DialogReader(ActorSystem<?> system, StoredDialogs stored, Asking asking) {
    this.system = system;
    this.stored = stored;
    this.asking = asking;
  }

  /// @param seq the number in the dialog of what the summary calls its nth message
  record DialogAt(DialogRow row, LongUnaryOperator seq) {}

  /// @param damaged why some are missing, one sentence; empty when none are
  public record Read(List<Rung> rungs, Optional<String> damaged) {}

  /// What the index has of a Call-ID or entity key; fails with 404 when it has nothing.
  public CompletionStage<DialogRow> row(String callId, long now) {
    var query = DialogQuery.ofDialog(CallId.of(callId).key());
    return asking
        .within(stored.index().search(query, Optional.empty(), 1, now))
        .thenApply(
            page -> page.rows().stream().findFirst().orElseThrow(() -> notFound(callId).refused()));
  }

  /// Messages of a dialog in the order of storing, those numbered above `after` that were received
  /// at or before `at`; one more than [#MAX_MESSAGES] when there are more.
  public CompletionStage<Read> rungs(String key, long at, long after) {
    var damaged = new AtomicReference<String>();
    return asking.within(
        stored
            .history()
            .messages(key, at, sentence -> damaged.compareAndSet(null, sentence))
            .filter(rung -> rung.seq() > after)
            .take(MAX_MESSAGES + 1L)
            .runWith(Sink.seq(), system)
            .thenApply(rungs -> new Read(rungs, Optional.ofNullable(damaged.get()))));
  }

  /// What a dialog had come to by a moment, told by all its messages received by then and nothing
  /// later; fails with 404 when there were none.
  CompletionStage<DialogAt> dialogAt(DialogRow row, long at) {
    var damaged = new AtomicReference<String>();
    return asking
        .within(
            stored
                .history()
                .messages(row.key(), at, damaged::set)
                .runFold(new Retelling(), Retelling::add, system))
        .thenCompose(told -> told(row, at, told, Optional.ofNullable(damaged.get())));
  }

  /// The same, where all the messages received by then have been read already.
  CompletionStage<DialogAt> dialogAt(DialogRow row, long at, Read read) {
    var told = new Retelling();
    read.rungs().forEach(told::add);
    return told(row, at, told, read.damaged());
  }

  /// Of a damaged dialog whose messages are all missing there is what the index has.
  private CompletionStage<DialogAt> told(
      DialogRow row, long at, Retelling told, Optional<String> damaged) {
    if (told.isEmpty()) {
      return damaged.isPresent() && at == Long.MAX_VALUE
          ? CompletableFuture.completedStage(
              new DialogAt(
                  new DialogRow(row.key(), row.summary(), row.trunk(), damaged.get()),
                  LongUnaryOperator.identity()))
          : notYet(row, at);
    }
    var summary = told.summary();
    var trunk = stored.trunks().apply(summary);
    return CompletableFuture.completedStage(
        new DialogAt(new DialogRow(row.key(), summary, trunk, damaged.orElse("")), told::seq));
  }

  /// A dialog that exists, and of which nothing was known at a moment: says since when it is.
  private <T> CompletionStage<T> notYet(DialogRow row, long at) {
    return asking
        .within(
            stored.history().messages(row.key(), Long.MAX_VALUE).runWith(Sink.headOption(), system))
        .thenApply(
            first -> {
              throw first
                  .map(rung -> unknownAt(row.key(), at, rung.capture().receivedAt()))
                  .orElseGet(() -> notFound(row.key()))
                  .refused();
            });
  }

  /// The first [#MAX_MESSAGES] of what [#rungs] gave.
  static List<Rung> bounded(List<Rung> rungs) {
    return rungs.size() > MAX_MESSAGES ? rungs.subList(0, MAX_MESSAGES) : rungs;
  }

  static Problem notFound(String callId) {
    return Problem.of(404, "There is no dialog with the Call-ID or key \"" + callId + "\".");
  }

  private static Problem unknownAt(String key, long at, long since) {
    return Problem.of(
        404,
        "Nothing of the dialog \""
            + key
            + "\" had been received by "
            + Rfc3339.text(at)
            + ": its first message was at "
            + Rfc3339.text(since)
            + " (those of a capture file are received when it is imported).");
  }
}
