package io.sipscope.persistence.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What all nodes have counted, as one of them knows it, and what that comes to:
///
/// - counters are those of every node that is or was, since the latest reset;
/// - gauges and computed values are of the nodes that are, put together as [Across] says;
/// - a part that has not heard of a reset yet counts for nothing.
///
/// @param self the node that asks
/// @param members the nodes that are
/// @param byNode a part each; [#LEFT] has those of nodes that left
/// @param counters of the node that asks: it knows what each statistic is
record Parts(String self, Set<String> members, Map<String, Part> byNode, Counters counters) {
  /// Where the parts of nodes that left are taken together.
  static final String LEFT = "left";

  Parts {
    members = Set.copyOf(members);
    byNode = Map.copyOf(byNode);
  }

  Values values() {
    var names = new HashSet<StatisticName>();
    for (var part : byNode.values()) {
      names.addAll(part.values().keySet());
      names.addAll(part.fractions().keySet());
    }
    return new Values(readings(names, this::value), members.size());
  }

  /// Those of one node alone; empty when nothing is known of it.
  Optional<Values> values(String node) {
    var part = byNode.get(node);
    if (part == null) {
      return Optional.empty();
    }
    var names = new HashSet<>(part.values().keySet());
    names.addAll(part.fractions().keySet());
    var own = readings(names, name -> Optional.of(own(part, name)));
    return Optional.of(new Values(own, 1));
  }

  private interface Value {
    Optional<Long> of(StatisticName name);
  }

  private List<Reading> readings(Set<StatisticName> names, Value value) {
    var readings = new ArrayList<Reading>(names.size());
    for (var name : names) {
      value
          .of(name)
          .ifPresent(number -> readings.add(new Reading(name, number, counters.describe(name))));
    }
    readings.sort((a, b) -> counters.compare(a.name(), b.name()));
    return readings;
  }

  private long own(Part part, StatisticName name) {
    var fraction = part.fractions().get(name);
    return fraction == null ? part.left(name, latestReset(name)) : fraction.value();
  }

  /// One statistic of all nodes; empty when none has it.
  Optional<Long> value(StatisticName name) {
    var description = counters.describe(name);
    long latest = latestReset(name);
    var together = together();
    var values = new ArrayList<Long>();
    var fraction = Fraction.NONE;
    boolean divided = false;
    for (var entry : byNode.entrySet()) {
      var part = entry.getValue();
      if (!counts(entry.getKey(), description, together)) {
        continue;
      }
      if (part.fractions().containsKey(name)) {
        fraction = fraction.plus(part.fractions().get(name));
        divided = true;
      } else if (part.values().containsKey(name)) {
        values.add(part.left(name, latest));
      }
    }
    if (divided) {
      return Optional.of(fraction.value());
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(description.across().of(values));
  }

  private boolean counts(String node, Description description, Set<String> together) {
    if (node.equals(self)) {
      return true;
    }
    if (description.across() == Across.LOCAL) {
      return false;
    }
    return members.contains(node) || (description.outlivesItsNode() && !together.contains(node));
  }

  /// The nodes whose parts are in that of [#LEFT], and may still be beside it.
  private Set<String> together() {
    return byNode.getOrDefault(LEFT, Part.EMPTY).together();
  }

  private long latestReset(StatisticName name) {
    long latest = 0;
    for (var part : byNode.values()) {
      latest = Math.max(latest, part.baseline(name).number());
    }
    return latest;
  }

  /// The latest reset of every name that was reset.
  Map<StatisticName, Long> latestResets() {
    var latest = new HashMap<StatisticName, Long>();
    for (var part : byNode.values()) {
      part.baselines()
          .forEach((name, baseline) -> latest.merge(name, baseline.number(), Math::max));
    }
    return latest;
  }

  /// Nodes that left and have a part of their own still.
  Set<String> gone() {
    var gone = new HashSet<>(byNode.keySet());
    gone.removeAll(members);
    gone.remove(LEFT);
    gone.remove(self);
    return gone;
  }

  /// The part of the nodes that left, with more of them taken in.
  Part left(Set<String> more) {
    var left = byNode.getOrDefault(LEFT, Part.EMPTY);
    for (var node : more) {
      var part = byNode.get(node);
      if (part != null && !left.together().contains(node)) {
        left = left.and(node, part, name -> counters.describe(name).outlivesItsNode());
      }
    }
    return left;
  }
}
