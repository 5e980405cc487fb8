package io.sipscope.persistence.events;

import io.sipscope.persistence.events.Forwarding.Place;
import io.sipscope.persistence.events.Subscriptions.Command;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/// What passes between this node and the others: a [Forwarding] to each that is there, and how far
/// each has come with what it forwards to this one. Nodes are known by address and incarnation.
final class Forwardings {
  private record Arrived(long stream, long number) {}

  private final String self;
  private final Events events;
  private final Map<ActorRef<Command>, Forwarding> to = new HashMap<>();
  private final Map<String, Arrived> from = new HashMap<>();
  private long lastStream;

  Forwardings(String self, Events events) {
    this.self = self;
    this.events = events;
    lastStream = events.now();
  }

  /// Where to forward to now. What was forwarded to a node that is gone, and that it never said it
  /// has, is told by this one.
  Map<String, Forwarding> to(Map<String, ActorRef<Command>> reachable) {
    var gone = new HashSet<>(to.keySet());
    gone.removeAll(reachable.values());
    gone.forEach(node -> tellInstead(to.remove(node)));
    var now = new HashMap<String, Forwarding>();
    reachable.forEach((name, node) -> now.put(name, to.computeIfAbsent(node, this::begin)));
    return now;
  }

  private Forwarding begin(ActorRef<Command> node) {
    return new Forwarding(self, ++lastStream, node::tell);
  }

  private void tellInstead(Forwarding gone) {
    var left = gone.end();
    events.lost(left.lost());
    left.kept().forEach(one -> events.tell(one.subscriptions(), one.event()));
  }

  void acknowledged(long stream, long upTo) {
    to.values().forEach(one -> one.acknowledged(stream, upTo));
  }

  void remind() {
    to.values().forEach(Forwarding::remind);
  }

  /// One arrived. Those before it that did not never will: they are counted.
  void arrived(Place place) {
    events.lost(Math.max(0, comeTo(place) - 1));
  }

  /// All up to a place should have arrived.
  void reached(Place place) {
    events.lost(comeTo(place));
  }

  /// How far it has come since the last time. Where that is not known, it is since what was
  /// acknowledged.
  private long comeTo(Place place) {
    var before = from.get(place.from());
    boolean goesOn = before != null && before.stream() == place.stream();
    long last = goesOn ? before.number() : place.acknowledged();
    long number = Math.max(last, place.number());
    from.put(place.from(), new Arrived(place.stream(), number));
    return number - last;
  }

  /// Those who left forward nothing any more.
  void members(Set<String> names) {
    from.keySet().retainAll(names);
  }
}
