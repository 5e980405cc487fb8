package io.sipscope.http.mi.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.http.Asking;
import io.sipscope.http.mi.MiArguments;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiTree;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription;
import io.sipscope.persistence.events.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.RecipientRef;

/// The commands of OpenSIPS's event interface. Who subscribes by a command of 2.x is told in the
/// form of 2.x.
public final class EventCommands {
  private static final int DEFAULT_EXPIRE = 3_600;
  private static final MiParameter EVENT = MiParameter.text("event");
  private static final MiParameter SOCKET = MiParameter.text("socket");
  private static final MiOutcome BAD_VALUE = new MiOutcome.Fault(400, "Bad parameter value");
  private static final MiOutcome FULL = new MiOutcome.Fault(500, "Too many subscriptions");

  private final Events events;
  private final RecipientRef<Subscriptions.Command> subscriptions;
  private final Asking asking;

  public EventCommands(
      Events events, RecipientRef<Subscriptions.Command> subscriptions, Asking asking) {
    this.events = events;
    this.subscriptions = subscriptions;
    this.asking = asking;
  }

  public List<MiCommand> commands() {
    return List.of(subscribe(), list(), subscribers(), raise());
  }

  private MiCommand subscribe() {
    return MiCommand.of(
            "event_subscribe",
            "evi:subscribe",
            "Tells a socket of an event until it expires; expire 0 ends it.",
            new MiRecipe(
                List.of(EVENT, SOCKET),
                given -> subscribe(given, DEFAULT_EXPIRE, Subscription.Era.JSON)),
            new MiRecipe(
                List.of(EVENT, SOCKET, MiParameter.integer("expire")),
                given -> subscribe(given, given.integer("expire"), Subscription.Era.JSON)))
        .inTwo(new MiLegacy(this::subscribeInTwo));
  }

  private CompletionStage<MiOutcome> subscribe(
      MiArguments given, int expire, Subscription.Era era) {
    if (expire < 0) {
      return MiOutcome.invalidParams("Negative expire value").now();
    }
    return subscribe(given.text("event"), given.text("socket"), expire, era);
  }

  private CompletionStage<MiOutcome> subscribe(
      String event, String socket, int expire, Subscription.Era era) {
    var parsed = SubscriberSocket.parse(socket);
    if (events.names().id(event).isEmpty() || parsed.isEmpty()) {
      return BAD_VALUE.now();
    }
    return asking
        .<Subscriptions.Command, Subscriptions.Subscribed>ask(
            subscriptions,
            replyTo -> new Subscriptions.Subscribe(event, parsed.get(), expire, era, replyTo))
        .thenApply(answer -> answer.isFull() ? FULL : MiOutcome.ok());
  }

  private CompletionStage<MiLegacy.Reply> subscribeInTwo(List<String> given) {
    if (given.size() < 2) {
      return EventTrees.missing();
    }
    int expire = given.size() < 3 ? DEFAULT_EXPIRE : unsigned(given.get(2));
    if (expire < 0) {
      return EventTrees.bad();
    }
    return subscribe(given.get(0), given.get(1), expire, Subscription.Era.TEXT)
        .thenApply(
            outcome ->
                switch (outcome) {
                  case MiOutcome.Value _ -> new MiLegacy.Reply.Tree(MiTree.NOTHING);
                  case MiOutcome.Fault _ -> EventTrees.BAD;
                });
  }

  /// A number of at most nine digits; -1 for what is none.
  private static int unsigned(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
  }

  private MiCommand list() {
    return MiCommand.of(
            "events_list",
            "evi:list",
            "The events that can be subscribed to.",
            new MiRecipe(List.of(), _ -> MiOutcome.of(listed()).now()))
        .inTwo(
            new MiLegacy(
                _ ->
                    CompletableFuture.completedStage(
                        new MiLegacy.Reply.Tree(EventTrees.events(events.names().all())))));
  }

  private Map<String, List<SubscriberJson.Named>> listed() {
    var names = events.names().all();
    var listed = new ArrayList<SubscriberJson.Named>();
    for (int id = 0; id < names.size(); id++) {
      listed.add(new SubscriberJson.Named(names.get(id), id));
    }
    return Map.of("Events", listed);
  }

  private MiCommand subscribers() {
    return MiCommand.of(
            "subscribers_list",
            "evi:subscribers",
            "Who is told of events: of all, of one, or one socket of one.",
            new MiRecipe(
                List.of(),
                _ -> read().thenApply(all -> SubscriberJson.everyEvent(events.names(), all))),
            new MiRecipe(
                List.of(EVENT),
                given ->
                    read()
                        .thenApply(
                            all -> SubscriberJson.event(events.names(), all, given.text("event")))),
            new MiRecipe(
                List.of(EVENT, SOCKET),
                given ->
                    read()
                        .thenApply(
                            all ->
                                SubscriberJson.socket(
                                    events.names(),
                                    all,
                                    given.text("event"),
                                    given.text("socket")))))
        .inTwo(
            new MiLegacy(
                given ->
                    read().thenApply(all -> EventTrees.subscribers(events.names(), all, given))));
  }

  private CompletionStage<Subscriptions.All> read() {
    return asking.ask(subscriptions, Subscriptions.Read::new);
  }

  private MiCommand raise() {
    return MiCommand.of(
        "raise_event",
        "evi:raise",
        "Raises an event; its parameters are an array, or a JSON object as a text.",
        new MiRecipe(List.of(EVENT), given -> raise(given.text("event"), null).now()),
        new MiRecipe(
            List.of(EVENT, MiParameter.any("params")),
            given -> raise(given.text("event"), given.json("params")).now()));
  }

  private MiOutcome raise(String event, JsonNode params) {
    if (events.names().id(event).isEmpty()) {
      return new MiOutcome.Fault(404, "Event not registered");
    }
    if (!events.isAwaited(event)) {
      return new MiOutcome.Fault(480, "Temporarily Unavailable");
    }
    return switch (RaisedParameters.read(event, params)) {
      case RaisedParameters.Unfit(var why) -> new MiOutcome.Fault(400, why);
      case RaisedParameters.Fit(var raised) -> {
        events.raise(raised);
        yield MiOutcome.ok();
      }
    };
  }
}
