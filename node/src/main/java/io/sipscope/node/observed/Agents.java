package io.sipscope.node.observed;

import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.protocol.capture.Agent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What each capture agent sends: a group each, `agent-NAME`, NAME its node name or else its id.
final class Agents {
  /// Agents that are told apart. Anyone may send any name: what comes beyond is counted together.
  static final int MAX_AGENTS = 500;

  private static final long SECOND = 1_000_000_000L;

  private static final class Seen {
    final LongAdder packets;
    private volatile long second;

    Seen(LongAdder packets) {
      this.packets = packets;
    }

    /// Mostly it is known already, and to read it is cheaper than to write it.
    void at(long atSecond) {
      if (second < atSecond) {
        second = atSecond;
      }
    }
  }

  private final Counters counters;
  private final LongAdder nameless;
  private final LongAdder beyond;
  private final Map<Agent, Seen> seen = new ConcurrentHashMap<>();

  Agents(Counters counters) {
    this.counters = counters;
    nameless = counters.counter("hep", "agent_unknown");
    beyond = counters.counter("hep", "agent_beyond");
    counters.gauge("hep", "agents", seen::size);
  }

  void seen(Agent agent, long receivedAt) {
    if (agent.equals(Agent.NONE)) {
      nameless.increment();
      return;
    }
    var known = seen.get(agent);
    if (known == null) {
      known = learn(agent);
    }
    if (known == null) {
      beyond.increment();
    } else {
      known.packets.increment();
      known.at(receivedAt / SECOND);
    }
  }

  private synchronized Seen learn(Agent agent) {
    if (seen.size() >= MAX_AGENTS && !seen.containsKey(agent)) {
      return null;
    }
    return seen.computeIfAbsent(
        agent,
        _ -> {
          var group = "agent-" + StatisticName.cleaned(agent.text());
          var made = new Seen(counters.counter(group, "packets"));
          counters.gauge(group, "last_seen", () -> made.second);
          return made;
        });
  }
}
