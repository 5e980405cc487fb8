package io.sipscope.persistence.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who is to be told of one event.
///
/// @param here by this node: subscribed on it, or on a node that left
/// @param elsewhere by the nodes they subscribed on
record Audience(List<Subscription> here, Map<Forwarding, List<Subscription>> elsewhere) {
  Audience {
    here = List.copyOf(here);
    elsewhere = Map.copyOf(elsewhere);
  }

  /// Of each event.
  ///
  /// @param others the nodes to forward to, by address and incarnation
  static Map<String, Audience> byEvent(
      Collection<Subscription> subscriptions, Map<String, Forwarding> others) {
    return subscriptions.stream()
        .collect(
            Collectors.groupingBy(
                Subscription::event,
                Collectors.collectingAndThen(Collectors.toList(), all -> of(all, others))));
  }

  private static Audience of(List<Subscription> subscriptions, Map<String, Forwarding> others) {
    var here = new ArrayList<Subscription>();
    var elsewhere = new HashMap<Forwarding, List<Subscription>>();
    for (var one : subscriptions) {
      var node = others.get(one.owner());
      if (node == null) {
        here.add(one);
      } else {
        elsewhere.computeIfAbsent(node, _ -> new ArrayList<>()).add(one);
      }
    }
    return new Audience(here, elsewhere);
  }

  Stream<Subscription> all() {
    return Stream.concat(here.stream(), elsewhere.values().stream().flatMap(List::stream));
  }

  boolean isAwake(long now) {
    return all().anyMatch(one -> one.isLive(now));
  }
}
