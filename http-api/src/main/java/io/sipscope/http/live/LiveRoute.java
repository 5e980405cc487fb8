package io.sipscope.http.live;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.optionalHeaderValueByName;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Actors;
import io.sipscope.http.messages.Wanted;
import io.sipscope.http.query.Filters;
import io.sipscope.http.query.Parameters;
import io.sipscope.persistence.index.DialogQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// `GET /api/live`: messages as they are stored, as server-sent events. Who reads too slowly misses
/// some and is told how many (`sip:gap`); the ingest never waits for a reader.
public final class LiveRoute {
  private static final Set<String> PARAMETERS = Filters.and("lastEventId", "raw", "rate");

  /// Proxies and browsers drop a line that is silent for 30 to 60 seconds.
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /// Look-ups under way for one watcher who filters by what only the index knows.
  private static final int LOOKUPS = 4;

  /// Beyond this a browser does nothing but read.
  private static final int MAX_RATE = 10_000;

  private final Actors actors;
  private final LongSupplier now;

  public LiveRoute(Actors actors, LongSupplier now) {
    this.actors = actors;
    this.now = now;
  }

  public Route route() {
    return path(
        segment("api").slash("live"),
        () ->
            get(
                () ->
                    optionalHeaderValueByName(
                        "Last-Event-ID", last -> extractUri(uri -> complete(events(uri, last))))));
  }

  private HttpResponse events(Uri uri, Optional<String> lastEventId) {
    var parameters = Parameters.of(uri, PARAMETERS);
    var query = Filters.read(parameters);
    boolean raw = parameters.flag("raw");
    int rate = parameters.number("rate", 0, 1, MAX_RATE);
    var after =
        lastEventId
            .or(() -> parameters.text("lastEventId"))
            .map(
                text ->
                    Position.parse(text)
                        .orElseThrow(
                            () -> Parameters.bad("lastEventId", text, "the id of an event")));
    var events =
        watched(
                Wanted.anywhere(query),
                rate == 0 ? OptionalInt.empty() : OptionalInt.of(rate),
                after)
            .mapAsync(LOOKUPS, live -> chosen(query, live))
            .mapConcat(live -> live)
            .map(live -> LiveText.of(live, actors.dialogs().names()::trunk, raw))
            .keepAlive(KEEP_ALIVE, () -> LiveText.KEEP_ALIVE)
            .prepend(Source.<ByteString>single(LiveText.WELCOME));
    return HttpResponse.create()
        .withEntity(
            HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), events));
  }

  private Source<Live, NotUsed> watched(
      Predicate<Live.Message> wanted, OptionalInt rate, Optional<Position> after) {
    return Source.<Live>queue(LiveFeed.QUEUE)
        .watchTermination(
            (queue, ended) -> watch(ended, new LiveFeed.Watch(queue, wanted, rate, after)));
  }

  private NotUsed watch(CompletionStage<?> ended, LiveFeed.Watch watch) {
    actors.live().tell(watch);
    ended.whenComplete((_, _) -> actors.live().tell(new LiveFeed.Unwatch(watch.queue())));
    return NotUsed.getInstance();
  }

  /// A message does not say what trunk its dialog uses, in what phase it is and whether it is
  /// damaged; the index does, and has heard of every message before it gets here.
  private CompletionStage<List<Live>> chosen(DialogQuery query, Live live) {
    if (live instanceof Live.Message message
        && (query.trunk().isPresent() || query.phase().isPresent() || query.damaged())) {
      var dialog =
          DialogQuery.where()
              .callId(message.key())
              .trunk(query.trunk())
              .phase(query.phase())
              .damaged(query.damaged())
              .build();
      return actors
          .dialogs()
          .index()
          .search(dialog, Optional.empty(), 1, now.getAsLong())
          .thenApply(page -> page.rows().isEmpty() ? List.of() : List.of(live));
    }
    return CompletableFuture.completedStage(List.of(live));
  }
}
