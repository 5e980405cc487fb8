package io.sipscope.node.observed;

import io.sipscope.http.agents.AgentState;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.OwnEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/// Tells when an agent falls silent and when it is heard again, each once. Of one thread.
public final class AgentWatch {
  private final LongFunction<List<AgentState>> agents;
  private final Events events;

  /// When each that is lost was last heard, nanoseconds since the epoch.
  private final Map<String, Long> lost = new HashMap<>();

  /// @param agents how each is doing at a moment, nanoseconds since the epoch
  public AgentWatch(LongFunction<List<AgentState>> agents, Events events) {
    this.agents = agents;
    this.events = events;
  }

  /// @param now nanoseconds since the epoch
  public void look(long now) {
    for (var agent : agents.apply(now)) {
      var name = agent.identity().text();
      var since = agent.silences().since();
      if (since.isPresent()) {
        if (lost.put(name, since.getAsLong()) == null) {
          events.raise(
              EventNames.AGENT_LOST,
              () -> OwnEvents.agentLost(name, seconds(since.getAsLong(), now)));
        }
      } else if (lost.containsKey(name)) {
        long last = lost.remove(name);
        events.raise(EventNames.AGENT_BACK, () -> OwnEvents.agentBack(name, seconds(last, now)));
      }
    }
  }

  private static long seconds(long from, long to) {
    return TimeUnit.NANOSECONDS.toSeconds(to - from);
  }
}
