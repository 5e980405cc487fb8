package io.sipscope.http.mi.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription;
import io.sipscope.persistence.events.Subscriptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Subscribers as OpenSIPS 3.x lists them.
final class SubscriberJson {
  private static final MiOutcome NO_EVENT = new MiOutcome.Fault(404, "Event not published");

  private SubscriberJson() {}

  record Named(String name, int id) {}

  record Subscribed(
      String name, int id, @JsonProperty("Subscribers") List<Map<String, Object>> subscribers) {}

  record Single(String name, int id, @JsonProperty("Subscriber") Map<String, Object> subscriber) {}

  /// Every event that has subscribers.
  static MiOutcome everyEvent(EventNames names, Subscriptions.All all) {
    var events = new ArrayList<Subscribed>();
    var registered = names.all();
    for (int id = 0; id < registered.size(); id++) {
      var found = of(registered.get(id), all);
      if (!found.isEmpty()) {
        events.add(subscribed(registered.get(id), id, found, all.now()));
      }
    }
    return MiOutcome.of(Map.of("Events", events));
  }

  /// One event; an empty object when it has no subscribers.
  static MiOutcome event(EventNames names, Subscriptions.All all, String event) {
    var id = names.id(event);
    if (id.isEmpty()) {
      return NO_EVENT;
    }
    var found = of(event, all);
    return MiOutcome.of(
        Map.of(
            "Event",
            found.isEmpty() ? Map.of() : subscribed(event, id.getAsInt(), found, all.now())));
  }

  static MiOutcome socket(EventNames names, Subscriptions.All all, String event, String socket) {
    var id = names.id(event);
    if (id.isEmpty()) {
      return NO_EVENT;
    }
    return find(event, socket, all)
        .map(
            one ->
                MiOutcome.of(
                    Map.of("Event", new Single(event, id.getAsInt(), shown(one, all.now())))))
        .orElseGet(() -> new MiOutcome.Fault(404, "Subscriber does not exist"));
  }

  static List<Subscription> of(String event, Subscriptions.All all) {
    return all.subscriptions().stream().filter(one -> one.event().equals(event)).toList();
  }

  static Optional<Subscription> find(String event, String socket, Subscriptions.All all) {
    var wanted = SubscriberSocket.parse(socket).map(SubscriberSocket::text);
    return of(event, all).stream()
        .filter(one -> wanted.filter(one.socket().text()::equals).isPresent())
        .findFirst();
  }

  private static Subscribed subscribed(String name, int id, List<Subscription> found, long now) {
    return new Subscribed(name, id, found.stream().map(one -> shown(one, now)).toList());
  }

  private static Map<String, Object> shown(Subscription subscription, long now) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("socket", subscription.socket().text());
    if (subscription.permanent()) {
      shown.put("expire", "never");
      return shown;
    }
    shown.put("expire", subscription.expire());
    shown.put("ttl", subscription.isLive(now) ? subscription.secondsLeft(now) : "expired");
    return shown;
  }
}
