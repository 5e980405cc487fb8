package io.sipscope.persistence.events;

import io.sipscope.persistence.statistics.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Where this node raises its events. One that nobody subscribed to costs a look-up; nothing here
/// blocks.
///
/// Who subscribed is known by [Subscriptions], which lays it down here. A subscriber is told by
/// the node it subscribed on, for as long as that is a member; then by the node where the event
/// happens.
public final class Events {

  /// The policy script's routes of events.
  ///
  /// @param events those that have one
  /// @param raised runs the one of an event, if there is one; never waits
  private record Routes(Supplier<Set<String>> events, Consumer<Event> raised) {}

  private final EventNames names;
  private final EventDelivery delivery;
  private final LongSupplier clock;
  private final LongAdder raised;
  private final LongAdder dropped;
  private final EventBoard board;
  private volatile Map<String, Audience> audiences = Map.of();
  private volatile Routes routes = new Routes(Set::of, _ -> {});

  /// @param clock milliseconds since the epoch
  public Events(EventNames names, EventDelivery delivery, Counters counters, LongSupplier clock) {
    this.board = new EventBoard(clock);
    this.names = names;
    this.delivery = delivery;
    this.clock = clock;
    this.raised = counters.counter("events", "raised");
    this.dropped = counters.counter("events", "dropped");
  }

  public EventNames names() {
    return names;
  }

  /// What became of the events of each socket that this node told.
  Map<String, Deliveries> deliveries() {
    return delivery.deliveries();
  }

  /// For who watches them as they happen.
  public EventBoard board() {
    return board;
  }

  /// Each `event_route` is told of what is raised on this node, as a subscriber that never expires.
  ///
  /// @param names those that have one just now
  /// @param raised runs the one of an event, if there is one; never waits
  public void routes(Supplier<Set<String>> names, Consumer<Event> raised) {
    routes = new Routes(names, raised);
  }

  /// The events that have a route.
  Set<String> routed() {
    return routes.events().get();
  }

  long now() {
    return clock.getAsLong();
  }

  void audiences(Map<String, Audience> known) {
    audiences = Map.copyOf(known);
    delivery.subscribed(
        known.values().stream()
            .flatMap(Audience::all) // what waits here for one that was refreshed elsewhere goes on
            .map(Subscription::socket)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// Whether somebody waits for an event, on whatever node.
  public boolean isAwaited(String name) {
    var audience = audiences.get(name);
    return (audience != null && audience.isAwake(clock.getAsLong()))
        || board.isWatched(name)
        || routed().contains(name);
  }

  /// Tells of an event, which is made only if there is somebody to tell.
  public void raise(String name, Supplier<Event> event) {
    if (isAwaited(name) || board.wants(name)) {
      raise(event.get());
    }
  }

  /// Tells the subscribers of an event and those who watch.
  public void raise(Event event) {
    var audience = audiences.get(event.name());
    boolean shown = board.wants(event.name());
    boolean hasRoute = routed().contains(event.name());
    if (audience == null && !shown && !hasRoute) {
      return;
    }
    raised.increment();
    if (hasRoute) {
      routes.raised().accept(event);
    }
    if (shown) {
      board.raised(event);
    }
    if (audience != null) {
      tell(audience, event);
    }
  }

  /// Who is to be told is decided here, once: the other nodes may know of it later or sooner.
  private void tell(Audience audience, Event event) {
    long now = clock.getAsLong();
    tell(live(audience.here(), now), event);
    audience
        .elsewhere()
        .forEach(
            (node, subscriptions) -> {
              var live = live(subscriptions, now);
              if (!live.isEmpty() && !node.forward(live, event)) {
                tell(live, event);
              }
            });
  }

  private static List<Subscription> live(List<Subscription> subscriptions, long now) {
    return subscriptions.stream().filter(one -> one.isLive(now)).toList();
  }

  /// Tells one that did not subscribe: it is somebody's wish all the same, as that of an alert.
  public void send(SubscriberSocket socket, Event event) {
    var wish =
        new Subscription(
            event.name(),
            socket,
            clock.getAsLong(),
            0,
            Subscription.Era.JSON,
            "",
            /* permanent */ false);
    delivery.deliver(List.of(wish), event);
  }

  /// Tells exactly these.
  void tell(List<Subscription> subscriptions, Event event) {
    var delivered = new ArrayList<Subscription>(subscriptions.size());
    for (var subscription : subscriptions) {
      if (subscription.socket() instanceof SubscriberSocket.Route(var name)) {
        routes.raised().accept(new Event(name, event.parameters()));
      } else {
        delivered.add(subscription);
      }
    }
    if (!delivered.isEmpty()) {
      delivery.deliver(delivered, event);
    }
  }

  /// Some were lost between the nodes.
  void lost(long count) {
    dropped.add(count);
  }
}
