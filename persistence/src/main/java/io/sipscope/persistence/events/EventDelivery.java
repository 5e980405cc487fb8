package io.sipscope.persistence.events;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes events to subscribers. Never blocks, never fails: what a subscriber has no room for is
/// dropped there, and counted. Called by many threads.
@FunctionalInterface
public interface EventDelivery {
  /// For a test that tells nobody.
  EventDelivery NOBODY = (_, _) -> {};

  /// Tells one event to all who are to know it.
  void deliver(List<Subscription> subscriptions, Event event);

  /// Who is subscribed on this node, or on one that left. What waits for those who were and are no
  /// more is given up. Called by one thread.
  default void subscribed(Set<SubscriberSocket> sockets) {}

  /// What became of the events of each socket that this node told, by its text.
  default Map<String, Deliveries> deliveries() {
    return Map.of();
  }
}
