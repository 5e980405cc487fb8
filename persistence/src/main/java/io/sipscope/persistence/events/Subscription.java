package io.sipscope.persistence.events;

/// Somebody who is told of an event, until the subscription expires. Crosses nodes.
///
/// @param subscribedAt milliseconds since the epoch
/// @param expire seconds; 0 ends it
/// @param era how datagrams are written
/// @param owner the node it was made on, by address and incarnation: the one to tell of events
///     while it lives, as the socket may be of its machine
/// @param permanent whether it is listed as never expiring: those who want it renew it
public record Subscription(
    String event,
    SubscriberSocket socket,
    long subscribedAt,
    int expire,
    Era era,
    String owner,
    boolean permanent) {

  /// Which OpenSIPS the subscriber knows.
  public enum Era {
    /// 2.x and 3.0: `E_NAME`, then `name::value` lines, then an empty line.
    TEXT,
    /// 3.1 and later: a JSON-RPC notification.
    JSON
  }

  /// How long one that has expired is still listed.
  private static final long AFTERGLOW_MILLIS = 1_000;

  /// One socket subscribes to an event once: again refreshes.
  String key() {
    return event + " " + socket.text();
  }

  Subscription of(String otherOwner) {
    return new Subscription(event, socket, subscribedAt, expire, era, otherOwner, permanent);
  }

  /// Of two of one key. The same for all nodes, in whatever order they learn of them; of two that
  /// its owner made within a millisecond it is the other.
  Subscription newer(Subscription other) {
    int order = Long.compare(subscribedAt, other.subscribedAt);
    return order > 0 || (order == 0 && owner.compareTo(other.owner) > 0) ? this : other;
  }

  private long endsAt() {
    return subscribedAt + expire * 1_000L;
  }

  public boolean isLive(long now) {
    return now < endsAt();
  }

  /// Whether it is still to be listed, if only as expired.
  boolean isShown(long now) {
    return now < endsAt() + AFTERGLOW_MILLIS;
  }

  /// Seconds left; 0 once it has expired.
  public long secondsLeft(long now) {
    return isLive(now) ? (endsAt() - now + 999) / 1_000 : 0;
  }
}
