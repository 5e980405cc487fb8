package io.sipscope.node.events;

import io.sipscope.node.Resolver;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription;
import io.sipscope.persistence.statistics.Counters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Takes events to subscribers: a queue and a thread for each socket, so that one that is slow or
/// gone harms nobody else.
public final class EventSenders implements EventDelivery, AutoCloseable {
  /// Above the subscriptions there may be; those at rest go first.
  private static final int MOST = 2_000;

  private final EventSettings settings;
  private final Resolver resolver;
  private final EventCounters counters;
  private final Map<SubscriberSocket, EventSender> senders = new ConcurrentHashMap<>();

  public EventSenders(EventSettings settings, Counters counters, Resolver resolver) {
    this.settings = settings;
    this.resolver = resolver;
    this.counters = new EventCounters(counters);
  }

  @Override
  public void deliver(Subscription subscription, Event event) {
    if (senders.size() > MOST) {
      senders.values().removeIf(EventSender::isAtRest);
    }
    senders
        .computeIfAbsent(
            subscription.socket(), socket -> new EventSender(socket, settings, resolver, counters))
        .offer(subscription, event);
  }

  /// What is queued is not sent any more.
  @Override
  public void close() {
    senders.values().forEach(EventSender::close);
    senders.clear();
  }
}
