package io.sipscope.protocol.dialog;

import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The columns of a ladder in the order of first appearance, so that the caller is on the left. One
/// column is one IP address, whatever its ports, as clients of TCP have many; where a host talks to
/// itself its ports are told apart.
public final class Columns {
  private final Set<IpAddress> selfTalkers = new HashSet<>();
  private final Map<String, Integer> indexByAddress = new LinkedHashMap<>();
  private final Map<Endpoint, Integer> indexByEndpoint = new HashMap<>();

  private Columns(List<Rung> rungs) {
    for (var rung : rungs) {
      var source = rung.capture().source();
      var destination = rung.capture().destination();
      if (source.address().equals(destination.address())) {
        selfTalkers.add(source.address());
      }
    }
    for (var rung : rungs) {
      place(rung.capture().source());
      place(rung.capture().destination());
    }
  }

  /// @param rungs in the order they are drawn
  public static Columns of(List<Rung> rungs) {
    return new Columns(rungs);
  }

  /// What each column is called: `192.0.2.1`, or `192.0.2.1:5060` where ports are told apart.
  public List<String> addresses() {
    return List.copyOf(indexByAddress.keySet());
  }

  /// The column of an endpoint of these messages.
  ///
  /// @throws IllegalArgumentException for an endpoint that is in none of them
  public int indexOf(Endpoint endpoint) {
    var index = indexByEndpoint.get(endpoint);
    if (index == null) {
      throw new IllegalArgumentException(endpoint + " is in no column");
    }
    return index;
  }

  private void place(Endpoint endpoint) {
    var address = endpoint.address();
    var name = selfTalkers.contains(address) ? endpoint.toString() : address.toString();
    int index = indexByAddress.computeIfAbsent(name, _ -> indexByAddress.size());
    indexByEndpoint.put(endpoint, index);
  }
}
