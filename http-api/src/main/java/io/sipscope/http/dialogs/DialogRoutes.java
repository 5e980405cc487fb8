package io.sipscope.http.dialogs;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Asking;
import io.sipscope.http.json.Json;
import io.sipscope.http.legs.LegReader;
import io.sipscope.http.messages.MessageJson;
import io.sipscope.http.query.Filters;
import io.sipscope.http.query.PageCursor;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.dialog.CausalOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.server.Route;

/// `/api/dialogs`: search, and what there is to know of one dialog.
public final class DialogRoutes {
  private static final Set<String> SEARCH = Filters.and("limit", "cursor");
  private static final Set<String> DIALOG = Set.of("at");
  private static final Set<String> MESSAGES = Set.of("at", "raw", "after");

  /// A dialog that did not answer within this time may be damaged: it is looked up again. One that
  /// sleeps is awake in less.
  private static final int LOOK_MILLIS = 300;

  private final StoredDialogs stored;
  private final Asking asking;
  private final DialogReader reader;
  private final LadderReader ladders;
  private final NearestDialogs nearest;
  private final LegReader legs;
  private final LongSupplier now;

  public DialogRoutes(
      StoredDialogs stored, Asking asking, DialogReader reader, LegReader legs, LongSupplier now) {
    this.stored = stored;
    this.asking = asking;
    this.reader = reader;
    this.nearest = new NearestDialogs(stored.index(), asking);
    this.ladders = new LadderReader(reader, stored.names());
    this.legs = legs;
    this.now = now;
  }

  /// `next` is `null` at the end.
  private record Found(List<DialogJson> dialogs, String next) {}

  /// @param truncated whether there are more after these, to be asked for with `after`
  /// @param damaged why some are missing, one sentence; `null` when none are
  private record Messages(List<MessageJson> messages, boolean truncated, String damaged) {}

  public Route route() {
    return pathPrefix(
        segment("api").slash("dialogs"),
        () ->
            concat(
                pathEnd(() -> get(() -> extractUri(uri -> completeWithFuture(search(uri))))),
                pathPrefix(segment(), callId -> get(() -> extractUri(uri -> one(callId, uri))))));
  }

  private Route one(String callId, Uri uri) {
    return concat(
        pathEnd(() -> completeWithFuture(dialog(callId, uri))),
        path("messages", () -> completeWithFuture(messages(callId, uri))),
        path("legs", () -> completeWithFuture(legs.legs(callId, uri, now.getAsLong()))),
        path("ladder", () -> completeWithFuture(ladders.ladder(callId, uri, now.getAsLong()))));
  }

  private CompletionStage<HttpResponse> search(Uri uri) {
    return uri.query().get("around").isPresent() ? nearest.around(uri, now.getAsLong()) : page(uri);
  }

  private CompletionStage<HttpResponse> page(Uri uri) {
    var parameters = Parameters.of(uri, SEARCH);
    var cursor = PageCursor.dialogs(parameters);
    long at = now.getAsLong();
    return asking
        .within(
            stored.index().search(Filters.read(parameters), cursor, Filters.limit(parameters), at))
        .thenApply(page -> found(page.rows(), page.next(), at));
  }

  private static HttpResponse found(
      List<DialogRow> rows, Optional<DialogIndex.Cursor> next, long at) {
    return Json.ok(
        new Found(
            rows.stream().map(row -> DialogJson.of(row, at)).toList(),
            next.map(PageCursor::text).orElse(null)));
  }

  /// The index says whether it exists, so that a guess wakes no entity; the entity knows best. Of
  /// a past moment the journal tells.
  private CompletionStage<HttpResponse> dialog(String callId, Uri uri) {
    var moment = Parameters.of(uri, DIALOG).time("at");
    long at = now.getAsLong();
    if (moment.isPresent()) {
      return reader
          .row(callId, at)
          .thenCompose(row -> reader.dialogAt(row, moment.getAsLong()))
          .thenApply(
              then ->
                  Json.ok(DialogJson.of(then.row(), Math.min(moment.getAsLong(), at), then.seq())));
    }
    return reader
        .row(callId, at)
        .thenCompose(row -> now(row, callId, at))
        .thenApply(row -> Json.ok(DialogJson.of(row, at)));
  }

  /// A dialog that is damaged may not be able to answer: then the index does, at once where it is
  /// known to be, else as soon as it becomes known.
  private CompletionStage<DialogRow> now(DialogRow row, String callId, long at) {
    if (!row.damaged().isEmpty()) {
      return CompletableFuture.completedStage(row);
    }
    var told =
        asking
            .ask(stored.entities().apply(row.key()), Dialog.Describe::new)
            .thenApply(
                known -> known.dialog().orElseThrow(() -> DialogReader.notFound(callId).refused()))
            .toCompletableFuture();
    var answer = told.copy();
    CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (!told.isDone()) {
                reader
                    .row(callId, at)
                    .thenAccept(
                        again -> {
                          if (!again.damaged().isEmpty()) {
                            answer.complete(again);
                          }
                        });
              }
            });
    return answer;
  }

  private CompletionStage<HttpResponse> messages(String callId, Uri uri) {
    var parameters = Parameters.of(uri, MESSAGES);
    long at = parameters.time("at").orElse(Long.MAX_VALUE);
    long after = parameters.number("after", 0, 0, Integer.MAX_VALUE);
    boolean raw = parameters.flag("raw");
    return reader
        .row(callId, now.getAsLong())
        .thenCompose(
            row ->
                reader
                    .rungs(row.key(), at, after)
                    .thenApply(read -> Json.ok(answer(row.key(), read, raw))));
  }

  private Messages answer(String key, DialogReader.Read read, boolean raw) {
    var rungs = read.rungs();
    var some = DialogReader.bounded(rungs);
    return new Messages(
        CausalOrder.sort(some).stream()
            .map(rung -> MessageJson.of(key, rung, stored.names().trunk(rung), raw))
            .toList(),
        rungs.size() > some.size(),
        read.damaged().orElse(null));
  }
}
