package io.sipscope.http.mi.events;

import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiTree;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Subscription;
import io.sipscope.persistence.events.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Events and subscribers as OpenSIPS 2.x lists them.
final class EventTrees {
  static final MiLegacy.Reply BAD = new MiLegacy.Reply.Fault(400, "Bad parameter");
  private static final MiLegacy.Reply MISSING =
      new MiLegacy.Reply.Fault(400, "Too few or too many arguments");

  private EventTrees() {}

  static CompletionStage<MiLegacy.Reply> missing() {
    return CompletableFuture.completedStage(MISSING);
  }

  static CompletionStage<MiLegacy.Reply> bad() {
    return CompletableFuture.completedStage(BAD);
  }

  static MiTree events(List<String> names) {
    var events = new ArrayList<MiTree>();
    for (int id = 0; id < names.size(); id++) {
      events.add(event(names.get(id), id));
    }
    return MiTree.array("", events);
  }

  private static MiTree event(String name, int id) {
    return MiTree.leaf("Event", name).with("id", Integer.toString(id));
  }

  /// @param given nothing, an event, or an event and a socket
  static MiLegacy.Reply subscribers(EventNames names, Subscriptions.All all, List<String> given) {
    if (given.size() > 2) {
      return MISSING;
    }
    var registered = given.isEmpty() ? names.all() : List.of(given.getFirst());
    var events = new ArrayList<MiTree>();
    for (var name : registered) {
      var id = names.id(name);
      if (id.isEmpty()) {
        return new MiLegacy.Reply.Fault(404, "Event not published");
      }
      var found =
          given.size() < 2
              ? SubscriberJson.of(name, all)
              : SubscriberJson.find(name, given.get(1), all).stream().toList();
      if (given.size() == 2 && found.isEmpty()) {
        return new MiLegacy.Reply.Fault(404, "Subscriber does not exist");
      }
      if (!found.isEmpty()) {
        events.add(subscribed(name, id.getAsInt(), found));
      }
    }
    return new MiLegacy.Reply.Tree(MiTree.array("", events));
  }

  private static MiTree subscribed(String name, int id, List<Subscription> found) {
    return new MiTree(
        "Event",
        name,
        Map.of("id", Integer.toString(id)),
        found.stream().map(EventTrees::subscriber).toList(),
        true);
  }

  private static MiTree subscriber(Subscription subscription) {
    return MiTree.leaf("Subscriber", "")
        .with("socket", subscription.socket().text())
        .with(
            "expire", subscription.permanent() ? "never" : Integer.toString(subscription.expire()));
  }
}
