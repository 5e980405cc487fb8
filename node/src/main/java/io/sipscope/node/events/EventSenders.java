package io.sipscope.node.events;

import io.sipscope.node.Resolver;
import io.sipscope.persistence.events.Deliveries;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription;
import io.sipscope.persistence.events.Subscription.Era;
import io.sipscope.persistence.statistics.Counters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes events to subscribers: a queue and a thread for each socket, so that one that is slow or
/// gone harms nobody else.
public final class EventSenders implements EventDelivery, AutoCloseable {
  /// Above the subscriptions there may be; those at rest go first.
  private static final int MOST = 2_000;

  private final EventSettings settings;
  private final Resolver resolver;
  private final EventCounters counters;
  private final Map<SubscriberSocket, EventSender> senders = new ConcurrentHashMap<>();
  private final Map<SubscriberSocket, AtomicInteger> turns = new ConcurrentHashMap<>();
  private Set<SubscriberSocket> subscribed = Set.of();

  public EventSenders(EventSettings settings, Counters counters, Resolver resolver) {
    this.settings = settings;
    this.resolver = resolver;
    this.counters = new EventCounters(counters);
  }

  @Override
  public void deliver(List<Subscription> subscriptions, Event event) {
    var payload = new EventPayload(event);
    for (var subscription : subscriptions) {
      deliver(subscription.socket(), subscription.era(), payload);
    }
  }

  private void deliver(SubscriberSocket socket, Era era, EventPayload event) {
    switch (socket) {
      case SubscriberSocket.Route _ -> {} // told by Events, as it is inside this node
      case SubscriberSocket.Virtual(var choice, var members) -> {
        switch (choice) {
          case PARALLEL -> members.forEach(member -> deliver(member, era, event));
          case ROUND_ROBIN -> deliver(members.get(turn(socket, members.size())), era, event);
          case FAILOVER -> sender(socket).offer(era, event);
        }
      }
      default -> sender(socket).offer(era, event);
    }
  }

  private int turn(SubscriberSocket socket, int of) {
    if (turns.size() > MOST) {
      turns.clear();
    }
    return Math.floorMod(
        turns.computeIfAbsent(socket, _ -> new AtomicInteger()).getAndIncrement(), of);
  }

  private EventSender sender(SubscriberSocket socket) {
    if (senders.size() > MOST) {
      senders.values().removeIf(EventSender::isAtRest);
    }
    return senders.computeIfAbsent(
        socket, one -> new EventSender(one, settings, resolver, counters));
  }

  @Override
  public void subscribed(Set<SubscriberSocket> sockets) {
    var now = sockets.stream().flatMap(EventSenders::queues).collect(Collectors.toSet());
    for (var before : subscribed) {
      var sender = now.contains(before) ? null : senders.remove(before);
      if (sender != null) {
        sender.close();
      }
    }
    subscribed = now;
  }

  /// Those that have a queue of their own.
  private static Stream<SubscriberSocket> queues(SubscriberSocket socket) {
    return socket instanceof SubscriberSocket.Virtual(var choice, var members)
            && choice != SubscriberSocket.Choice.FAILOVER
        ? members.stream()
        : Stream.of(socket);
  }

  @Override
  public Map<String, Deliveries> deliveries() {
    var all = new TreeMap<String, Deliveries>();
    senders.forEach((socket, sender) -> all.put(socket.text(), sender.deliveries()));
    return all;
  }

  /// What is queued is not sent any more, but counted as dropped.
  @Override
  public void close() {
    senders.values().forEach(EventSender::close);
    senders.clear();
  }
}
