package io.sipscope.persistence.statistics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// When the parts of nodes that left may be taken together, so that what is kept of them does not
/// grow. First a part is taken in, and stays; later, when every node has long heard of that, it is
/// dropped: so two nodes that do so at once, as after a split, neither lose it nor count it twice.
final class Departures {
  /// Longer than the nodes take to agree, and than a split lasts before one side is downed.
  static final long SETTLED_MILLIS = 60_000;

  private final Map<String, Long> goneSince = new HashMap<>();
  private final Map<String, Long> takenSince = new HashMap<>();

  /// @param take nodes whose parts are to be taken in
  /// @param drop nodes whose own parts are not needed any more
  record Due(Set<String> take, Set<String> drop) {
    boolean isNothing() {
      return take.isEmpty() && drop.isEmpty();
    }
  }

  /// Looks at who is gone; called again and again.
  ///
  /// @param now milliseconds
  Due look(Parts parts, long now) {
    var gone = parts.gone();
    var taken = new HashSet<>(gone);
    taken.retainAll(parts.byNode().getOrDefault(Parts.LEFT, Part.EMPTY).together());
    var take = new HashSet<>(settled(goneSince, gone, now));
    take.removeAll(taken);
    return new Due(take, settled(takenSince, taken, now));
  }

  private static Set<String> settled(Map<String, Long> since, Set<String> nodes, long now) {
    since.keySet().retainAll(nodes);
    var settled = new HashSet<String>();
    for (var node : nodes) {
      if (now - since.computeIfAbsent(node, _ -> now) >= SETTLED_MILLIS) {
        settled.add(node);
      }
    }
    return settled;
  }
}
