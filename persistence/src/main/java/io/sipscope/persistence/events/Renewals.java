package io.sipscope.persistence.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the configuration subscribes to. It lasts as long as a node that has it: it is a short
/// subscription that is renewed.
final class Renewals {
  private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);

  /// A permanent one is renewed when so many seconds are left.
  private static final int AT = 40;

  private final List<Configured> configured;
  private final String self;
  private final EventNames names;
  private boolean hasBegun;

  /// @param self this node, by address and incarnation
  Renewals(List<Configured> configured, String self, EventNames names) {
    this.configured = List.copyOf(configured);
    this.self = self;
    this.names = names;
  }

  /// Those to subscribe to now.
  ///
  /// @param known subscriptions by their keys
  /// @param others nodes that are there: who told of one goes on, unless it left
  List<Subscription> due(long now, Map<String, Subscription> known, Set<String> others) {
    var due = new ArrayList<Subscription>();
    for (var one : configured) {
      if (hasBegun && !one.isPermanent()) {
        continue;
      }
      if (!hasBegun && names.id(one.event()).isEmpty()) {
        LOG.warn(
            "sipscope.events.subscriptions: there is no event {} yet, unless the policy script"
                + " raises it",
            one.event());
      }
      var wanted = one.at(now, self);
      var before = known.get(wanted.key());
      if (before == null || before.secondsLeft(now) < AT) {
        boolean goesOn = before != null && others.contains(before.owner());
        due.add(goesOn ? wanted.of(before.owner()) : wanted);
      }
    }
    hasBegun = true;
    return due;
  }
}
