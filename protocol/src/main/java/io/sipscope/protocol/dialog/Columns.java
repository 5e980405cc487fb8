package io.sipscope.protocol.dialog;

import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The columns of a ladder in the order of first appearance, so that the caller is on the left. One
/// column is one host, whatever its ports, as clients of TCP have many; where a host talks to
/// itself its ports are told apart.
///
/// A host is one IP address, or all the endpoints that somebody gave the same name.
public final class Columns {

  /// @param first the first of its endpoints that was seen
  /// @param address what it was first seen as: `192.0.2.1`, or `192.0.2.1:5060` where ports are
  ///     told apart
  /// @param alias the name that somebody gave its endpoints
  /// @param addresses all that it was seen as, `address` first
  public record Column(
      Endpoint first, String address, Optional<String> alias, List<String> addresses) {
    public Column {
      addresses = List.copyOf(addresses);
    }
  }

  /// What makes two endpoints one column.
  private record Host(String alias, String address) {}

  private final Function<Endpoint, Optional<String>> aliases;
  private final Set<IpAddress> selfTalkers = new HashSet<>();
  private final Map<Host, Integer> indexByHost = new HashMap<>();
  private final Map<Endpoint, Integer> indexByEndpoint = new HashMap<>();
  private final List<Endpoint> firsts = new ArrayList<>();
  private final List<Set<String>> addresses = new ArrayList<>();

  private Columns(List<Rung> rungs, Function<Endpoint, Optional<String>> aliases) {
    this.aliases = aliases;
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
    return of(rungs, _ -> Optional.empty());
  }

  /// @param rungs in the order they are drawn
  /// @param aliases the name that somebody gave an endpoint
  public static Columns of(List<Rung> rungs, Function<Endpoint, Optional<String>> aliases) {
    return new Columns(rungs, aliases);
  }

  /// From left to right.
  public List<Column> columns() {
    var columns = new ArrayList<Column>();
    for (int i = 0; i < firsts.size(); i++) {
      var first = firsts.get(i);
      var seenAs = List.copyOf(addresses.get(i));
      columns.add(new Column(first, seenAs.getFirst(), aliases.apply(first), seenAs));
    }
    return List.copyOf(columns);
  }

  /// What each column was first seen as.
  public List<String> addresses() {
    return columns().stream().map(Column::address).toList();
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
    if (indexByEndpoint.containsKey(endpoint)) {
      return;
    }
    boolean byPort = selfTalkers.contains(endpoint.address());
    var address = byPort ? endpoint.toString() : endpoint.address().toString();
    var alias = aliases.apply(endpoint);
    // Who talks to itself has a column for each port, all of the same name.
    var host = new Host(alias.orElse(""), alias.isPresent() && !byPort ? "" : address);
    var known = indexByHost.get(host);
    int index = known == null ? firsts.size() : known;
    if (known == null) {
      indexByHost.put(host, index);
      firsts.add(endpoint);
      addresses.add(new LinkedHashSet<>());
    }
    addresses.get(index).add(address);
    indexByEndpoint.put(endpoint, index);
  }
}
