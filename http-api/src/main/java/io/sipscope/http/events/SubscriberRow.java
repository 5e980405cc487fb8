package io.sipscope.http.events;

import io.sipscope.persistence.events.Deliveries;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription;
import io.sipscope.persistence.events.Subscriptions;

/// A subscription, and what became of the events of its socket on all nodes: those of all that it
/// subscribed to.
///
/// @param expire seconds; null when it never does
/// @param ttl seconds left; null when it never expires
/// @param owner the node that tells it, by address and incarnation
/// @param failed not taken, after all retries
/// @param dropped there was no room in the queue
/// @param lastFailure null when none failed
record SubscriberRow(
    String event,
    String socket,
    Integer expire,
    Long ttl,
    String owner,
    long sent,
    long failed,
    long dropped,
    long retried,
    long queued,
    String lastFailure) {

  static SubscriberRow of(Subscription subscription, Subscriptions.All all) {
    var told = deliveries(subscription.socket(), all);
    boolean never = subscription.permanent();
    return new SubscriberRow(
        subscription.event(),
        subscription.socket().text(),
        never ? null : subscription.expire(),
        never ? null : subscription.secondsLeft(all.now()),
        subscription.owner(),
        told.sent(),
        told.failed(),
        told.dropped(),
        told.retried(),
        told.queued(),
        told.lastFailure().isEmpty() ? null : told.lastFailure());
  }

  /// Members that are told each on its own count each on its own; a failover tells its own itself.
  private static Deliveries deliveries(SubscriberSocket socket, Subscriptions.All all) {
    var own = all.deliveries().getOrDefault(socket.text(), Deliveries.NONE);
    return socket instanceof SubscriberSocket.Virtual(var choice, var members)
            && choice != SubscriberSocket.Choice.FAILOVER
        ? members.stream()
            .map(member -> all.deliveries().getOrDefault(member.text(), Deliveries.NONE))
            .reduce(own, Deliveries::and)
        : own;
  }
}
