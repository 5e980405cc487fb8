package io.sipscope.persistence.events;

import java.util.Optional;

/// A subscription of the configuration.
///
/// @param expire seconds from the start of the node; empty: as long as a node has it configured
public record Configured(String event, SubscriberSocket socket, Optional<Integer> expire) {
  /// Seconds that a permanent one lasts without being renewed.
  private static final int LEASE = 60;

  /// An event route of the policy script is as good as configured.
  static Configured route(String event) {
    return new Configured(event, new SubscriberSocket.Route(event), Optional.empty());
  }

  boolean isPermanent() {
    return expire.isEmpty();
  }

  /// @param now milliseconds since the epoch
  /// @param owner the node, by address and incarnation
  Subscription at(long now, String owner) {
    return new Subscription(
        event, socket, now, expire.orElse(LEASE), Subscription.Era.JSON, owner, isPermanent());
  }
}
