package io.sipscope.http.dialogs;

import io.sipscope.http.Problem;
import io.sipscope.http.json.Json;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.sip.CallId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Query;
import org.apache.pekko.http.javadsl.model.Uri;

/// Makes the ladder of a dialog as it was known at a moment: its messages are replayed from the
/// journal, and what they add up to is told from them and nothing later. Other dialogs are drawn
/// beside it where asked (`with=KEY`, once for each).
final class LadderReader {
  private static final Set<String> PARAMETERS = Set.of("at");
  private static final String WITH = "with";

  /// Dialogs in one ladder: more colours and labels nobody tells apart.
  static final int MAX_LEGS = 16;

  private final DialogReader reader;
  private final HostNames names;

  LadderReader(DialogReader reader, HostNames names) {
    this.reader = reader;
    this.names = names;
  }

  /// What there is to draw of one dialog.
  ///
  /// @param truncated whether it has more messages than these
  record Part(DialogRow row, DialogReader.Read read, boolean truncated) {}

  /// @param now nanoseconds since the epoch
  CompletionStage<HttpResponse> ladder(String callId, Uri uri, long now) {
    var single = uri.query(withoutLegs(uri.query()));
    long at = Parameters.of(single, PARAMETERS).time("at").orElse(Long.MAX_VALUE);
    var keys = keys(callId, uri.query());
    return parts(keys, at, now).thenCompose(parts -> drawn(parts, at, Math.min(at, now)));
  }

  private static Query withoutLegs(Query query) {
    return Query.create(
        query.toList().stream().filter(given -> !given.first().equals(WITH)).toList());
  }

  /// The dialogs to draw, the asked one first, each once.
  private static List<String> keys(String callId, Query query) {
    var keys = new LinkedHashSet<String>();
    keys.add(CallId.of(callId).key());
    for (var given : query.toList()) {
      if (given.first().equals(WITH)) {
        if (given.second().isEmpty()) {
          throw Problem.badParameter(WITH, "\"with\" is empty (wanted: a dialog's key)").refused();
        }
        keys.add(CallId.of(given.second()).key());
      }
    }
    if (keys.size() > MAX_LEGS) {
      throw Problem.badParameter(
              WITH, keys.size() + " dialogs (wanted: at most " + MAX_LEGS + " in one ladder)")
          .refused();
    }
    return List.copyOf(keys);
  }

  /// One after the other, each with as many messages as those before it left room for.
  private CompletionStage<List<Part>> parts(List<String> keys, long at, long now) {
    CompletionStage<List<Part>> parts = CompletableFuture.completedStage(new ArrayList<>());
    for (var key : keys) {
      parts =
          parts.thenCompose(
              some ->
                  reader
                      .row(key, now)
                      .thenCompose(
                          row ->
                              reader
                                  .rungs(row.key(), at, 0)
                                  .thenApply(read -> with(some, bounded(row, read, some)))));
    }
    return parts;
  }

  private static List<Part> with(List<Part> parts, Part more) {
    parts.add(more);
    return parts;
  }

  private static Part bounded(DialogRow row, DialogReader.Read read, List<Part> before) {
    int taken = before.stream().mapToInt(part -> part.read().rungs().size()).sum();
    int room = Math.max(0, DialogReader.MAX_MESSAGES - taken);
    boolean truncated = read.rungs().size() > room;
    var rungs = truncated ? read.rungs().subList(0, room) : read.rungs();
    return new Part(row, new DialogReader.Read(rungs, read.damaged()), truncated);
  }

  /// What the dialog came to is told by all its messages, also where not all are drawn.
  private CompletionStage<HttpResponse> drawn(List<Part> parts, long at, long moment) {
    var first = parts.getFirst();
    var dialog =
        first.truncated()
            ? reader.dialogAt(first.row(), at)
            : reader.dialogAt(first.row(), at, first.read());
    return dialog.thenApply(then -> Json.ok(LadderJson.of(then, parts, names, moment)));
  }
}
