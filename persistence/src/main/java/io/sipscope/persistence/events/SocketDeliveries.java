package io.sipscope.persistence.events;

import java.util.Map;

/// What became of the events of each socket that a node told. Crosses nodes.
///
/// @param node by its address
/// @param bySocket by their texts
public record SocketDeliveries(String node, Map<String, Deliveries> bySocket) {
  public SocketDeliveries {
    bySocket = Map.copyOf(bySocket);
  }
}
