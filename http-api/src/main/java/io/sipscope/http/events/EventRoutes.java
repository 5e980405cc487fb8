package io.sipscope.http.events;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.optionalHeaderValueByName;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Asking;
import io.sipscope.http.Internals;
import io.sipscope.http.json.Json;
import io.sipscope.http.query.Parameters;
import io.sipscope.http.query.PlainGet;
import io.sipscope.persistence.events.EventBoard;
import io.sipscope.persistence.events.EventSeat;
import io.sipscope.persistence.events.EventSeat.Shown;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.Subscriptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// `GET /api/events`: the events of all nodes as they happen, as server-sent events. Who reads too
/// slowly misses some and is told how many (`gap`). `GET /api/events/recent`: the last ones. `GET
/// /api/events/subscribers`: who subscribed, and what became of it.
public final class EventRoutes {
  private static final String NAMES = "names";
  private static final String LAST = "lastEventId";

  /// Proxies and browsers drop a line that is silent for 30 to 60 seconds.
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /// A comment: says that the line is alive, and nothing else.
  private static final ByteString STILL_HERE = ByteString.fromString(": still here\n\n");

  /// The first thing sent: opens the line, and says how soon to come back when it breaks.
  private static final ByteString WELCOME = ByteString.fromString("retry: 2000\n\n");

  /// All that is remembered, and as much again to come.
  private static final int QUEUE = 4_000;

  private static final int MOST_NAMES = 100;
  private static final int USUAL_LIMIT = 200;
  private static final int MOST_RECENT = 2_000;

  private final Events events;
  private final EventBoard board;
  private final RecipientRef<Subscriptions.Command> subscriptions;
  private final Asking asking;

  public EventRoutes(Internals internals, Asking asking) {
    this.events = internals.events();
    this.board = events.board();
    this.subscriptions = internals.subscriptions();
    this.asking = asking;
  }

  public Route route() {
    return pathPrefix(
        segment("api").slash("events"),
        () ->
            concat(
                pathEnd(
                    () ->
                        get(
                            () ->
                                optionalHeaderValueByName(
                                    "Last-Event-ID",
                                    last -> extractUri(uri -> complete(stream(uri, last)))))),
                PlainGet.of(segment("subscribers"), this::subscribers),
                path("recent", () -> get(() -> extractUri(uri -> complete(recent(uri)))))));
  }

  private record Subscribed(List<SubscriberRow> subscribers) {}

  private CompletionStage<HttpResponse> subscribers() {
    return asking
        .<Subscriptions.Command, Subscriptions.All>ask(subscriptions, Subscriptions.Read::new)
        .thenApply(
            all ->
                Json.ok(
                    new Subscribed(
                        all.subscriptions().stream()
                            .map(one -> SubscriberRow.of(one, all))
                            .toList())));
  }

  private record Recent(List<EventJson> events) {}

  private HttpResponse recent(Uri uri) {
    var parameters = Parameters.of(uri, Set.of("limit"));
    int limit = parameters.number("limit", USUAL_LIMIT, 1, MOST_RECENT);
    return Json.ok(new Recent(board.recent(limit).stream().map(EventJson::of).toList()));
  }

  private HttpResponse stream(Uri uri, Optional<String> lastEventId) {
    var parameters = Parameters.of(uri, Set.of(NAMES, LAST));
    var names = parameters.text(NAMES).map(this::names).orElse(Set.of());
    var after = lastEventId.filter(id -> !id.isEmpty()).or(() -> parameters.text(LAST));
    return HttpResponse.create()
        .withEntity(
            HttpEntities.createChunked(
                MediaTypes.TEXT_EVENT_STREAM.toContentType(),
                watched(names, after.map(EventRoutes::id).orElse(OptionalLong.empty()))));
  }

  private Set<String> names(String text) {
    var names = new LinkedHashSet<>(List.of(text.split(",", MOST_NAMES + 1)));
    for (var name : names) {
      if (names.size() > MOST_NAMES || events.names().id(name).isEmpty()) {
        throw Parameters.bad(
            NAMES, text, "names of events_list, at most " + MOST_NAMES + ", with commas");
      }
    }
    return names;
  }

  private static OptionalLong id(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw Parameters.bad(LAST, text, "the id of an event");
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private Source<ByteString, ?> watched(Set<String> names, OptionalLong after) {
    return Source.<Shown>queue(QUEUE)
        .watchTermination(
            (queue, ended) -> {
              EventSeat seat = shown -> queue.offer(shown).equals(QueueOfferResult.enqueued());
              board.watch(seat, names, after);
              ended.whenComplete((_, _) -> board.leave(seat));
              return seat;
            })
        .map(EventText::of)
        .keepAlive(KEEP_ALIVE, () -> STILL_HERE)
        .prepend(Source.<ByteString>single(WELCOME));
  }
}
