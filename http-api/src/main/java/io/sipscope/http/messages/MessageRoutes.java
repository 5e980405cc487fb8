package io.sipscope.http.messages;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Asking;
import io.sipscope.http.json.Json;
import io.sipscope.http.query.Filters;
import io.sipscope.http.query.PageCursor;
import io.sipscope.http.query.Parameters;
import io.sipscope.protocol.dialog.Rung;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /api/messages`: messages rather than dialogs, newest first.
public final class MessageRoutes {
  private static final Set<String> PARAMETERS = Filters.and("limit", "cursor", "raw");

  private final NewestMessages messages;
  private final Asking asking;
  private final Function<Rung, String> trunk;
  private final LongSupplier now;

  /// @param trunk of a message, empty when none
  public MessageRoutes(
      NewestMessages messages, Asking asking, Function<Rung, String> trunk, LongSupplier now) {
    this.messages = messages;
    this.asking = asking;
    this.trunk = trunk;
    this.now = now;
  }

  /// `next` is `null` at the end.
  private record Answer(List<MessageJson> messages, String next) {}

  public Route route() {
    return path(
        segment("api").slash("messages"),
        () -> get(() -> extractUri(uri -> completeWithFuture(list(uri)))));
  }

  private CompletionStage<HttpResponse> list(Uri uri) {
    var parameters = Parameters.of(uri, PARAMETERS);
    var cursor =
        parameters
            .text("cursor")
            .map(text -> MessageCursor.parse(text).orElseThrow(() -> PageCursor.bad(text)));
    boolean raw = parameters.flag("raw");
    return asking
        .within(
            messages.page(
                Filters.read(parameters), cursor, Filters.limit(parameters), now.getAsLong()))
        .thenApply(page -> Json.ok(answer(page, raw)));
  }

  private Answer answer(NewestMessages.Page page, boolean raw) {
    return new Answer(
        page.messages().stream()
            .map(m -> MessageJson.of(m.key(), m.rung(), trunk.apply(m.rung()), raw))
            .toList(),
        page.next().map(MessageCursor::text).orElse(null));
  }
}
