package io.sipscope.persistence.events;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What became of the events of each socket, by all nodes: each tells the others of its own.
final class DeliveriesAcross {
  /// By the node that told.
  private final Map<String, Map<String, Deliveries>> told = new HashMap<>();

  private Map<String, Deliveries> lastSaid = Map.of();

  void heard(SocketDeliveries others) {
    told.put(others.node(), others.bySocket());
  }

  /// Who is new has heard nothing yet; what those told who have left is forgotten.
  void nodes(Collection<String> addresses) {
    lastSaid = Map.of();
    told.keySet().retainAll(addresses);
  }

  /// What the others are to be told; empty when they know.
  Optional<Map<String, Deliveries>> news(Map<String, Deliveries> own) {
    if (own.equals(lastSaid)) {
      return Optional.empty();
    }
    lastSaid = own;
    return Optional.of(own);
  }

  Map<String, Deliveries> with(Map<String, Deliveries> own) {
    var all = new HashMap<>(own);
    told.values()
        .forEach(other -> other.forEach((socket, one) -> all.merge(socket, one, Deliveries::and)));
    return all;
  }
}
