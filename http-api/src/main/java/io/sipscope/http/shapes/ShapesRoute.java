package io.sipscope.http.shapes;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Asking;
import io.sipscope.http.dialogs.StoredDialogs;
import io.sipscope.http.json.Json;
import io.sipscope.http.query.ChosenKeys;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// `POST /api/shapes`: who sent what in the dialogs of [ChosenKeys], as a list draws it in its
/// rows. One request a screenful; dialogs that are not stored are left out.
public final class ShapesRoute {
  /// More rows than a screen has.
  static final int MAX_KEYS = 100;

  /// Messages read of one dialog: those of [Outline#MAX_BARS] on a few hops.
  private static final int MAX_MESSAGES = 100;

  private static final int REPLAYS = 4;

  private final ActorSystem<?> system;
  private final StoredDialogs stored;
  private final Asking asking;
  private final LongSupplier now;

  public ShapesRoute(ActorSystem<?> system, StoredDialogs stored, Asking asking, LongSupplier now) {
    this.system = system;
    this.stored = stored;
    this.asking = asking;
    this.now = now;
  }

  private record Shape(String key, List<Bar> bars) {}

  private record Shapes(List<Shape> shapes) {}

  public Route route() {
    return path(segment("api").slash("shapes"), () -> post(() -> extractUri(uri -> shapes(uri))));
  }

  private Route shapes(Uri uri) {
    Parameters.of(uri, Set.of());
    return ChosenKeys.read(MAX_KEYS, keys -> completeWithFuture(answer(keys)));
  }

  private CompletionStage<HttpResponse> answer(List<String> keys) {
    return asking
        .within(
            Source.from(keys)
                .mapAsync(REPLAYS, this::row)
                .mapConcat(row -> row.stream().toList())
                .mapAsync(REPLAYS, this::shape)
                .runWith(Sink.seq(), system))
        .thenApply(shapes -> Json.ok(new Shapes(shapes)));
  }

  private CompletionStage<Optional<DialogRow>> row(String key) {
    return stored
        .index()
        .search(DialogQuery.ofDialog(key), Optional.empty(), 1, now.getAsLong())
        .thenApply(page -> page.rows().stream().findFirst());
  }

  private CompletionStage<Shape> shape(DialogRow row) {
    return stored
        .history()
        .messages(row.key(), Long.MAX_VALUE)
        .take(MAX_MESSAGES)
        .runFold(new Outline(row.summary().fromTag()), Outline::add, system)
        .thenApply(outline -> new Shape(row.key(), outline.bars()))
        .exceptionally(_ -> new Shape(row.key(), List.of())); // the row itself says it is damaged
  }
}
