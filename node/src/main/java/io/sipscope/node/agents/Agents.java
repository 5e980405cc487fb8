package io.sipscope.node.agents;

import io.sipscope.http.agents.AgentState;
import io.sipscope.http.agents.Refusal;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// The capture agents of this node: who of them is let in, and what became of what each sent. A
/// statistics group each, `agent-NAME`, NAME its node name or else its id.
public final class Agents {
  /// Agents that are told apart. Anyone may send any name: what comes beyond is counted together.
  static final int MAX_AGENTS = 500;

  /// Those that showed a key find room also where strangers have taken it all.
  private static final int MAX_WITH_KEYS = 2 * MAX_AGENTS;

  /// What is known of an agent that can be counted for it.
  private record Known(AgentRecord record, LongAdder packets) {}

  private final Counters counters;
  private final Doorkeeper doorkeeper;
  private final Refusals refusals;
  private final long silence;
  private final LongAdder nameless;
  private final LongAdder beyond;
  private final AtomicLong packets = new AtomicLong();
  private final Map<Agent, Known> known = new ConcurrentHashMap<>();

  /// The only agent of an address, while there is only one.
  private final Map<IpAddress, Agent> byAddress = new ConcurrentHashMap<>();

  public Agents(Counters counters, AgentSettings settings, Events events) {
    this.counters = counters;
    doorkeeper = new Doorkeeper(settings);
    refusals = new Refusals(events);
    if (settings.authentication() != AgentSettings.Authentication.OFF) {
      events.names().register(Refusals.EVENT);
    }
    silence = settings.silence().toNanos();
    nameless = counters.counter("hep", "agent_unknown");
    beyond = counters.counter("hep", "agent_beyond");
    counters.gauge("hep", "agents", known::size);
  }

  /// Decides about a packet, and remembers who sent it if it is let in.
  ///
  /// @param at nanoseconds since the epoch, when it came
  public Admission heard(Hep.Packet packet, Peer peer, long at) {
    var admission = doorkeeper.admit(packet, peer, at);
    if (admission.isRefused()) {
      refusals.add(peer, packet.agent().text(), admission, at);
      return admission;
    }
    if (packet.agent().equals(Agent.NONE)) {
      nameless.increment();
      return admission;
    }
    var sender = known.get(packet.agent());
    if (sender == null) {
      sender = learn(packet.agent(), peer, admission);
    }
    if (sender == null) {
      beyond.increment();
      return admission;
    }
    sender.packets().increment();
    sender
        .record()
        .heard(packet, peer, admission == Admission.AUTHENTICATED, at, packets.getAndIncrement());
    return admission;
  }

  private synchronized Known learn(Agent agent, Peer peer, Admission admission) {
    int most = admission == Admission.AUTHENTICATED ? MAX_WITH_KEYS : MAX_AGENTS;
    if (known.size() >= most && !known.containsKey(agent)) {
      return null;
    }
    byAddress.merge(peer.address(), agent, (one, other) -> one.equals(other) ? one : Agent.NONE);
    return known.computeIfAbsent(
        agent,
        _ -> {
          var group = "agent-" + StatisticName.cleaned(agent.text());
          var record = new AgentRecord(agent, peer, new Pulse(silence));
          counters.gauge(group, "last_seen", record::lastSecond);
          return new Known(record, counters.counter(group, "packets"));
        });
  }

  /// A packet that was let in carries something other than SIP.
  public void notSip(Agent agent) {
    var sender = known.get(agent);
    if (sender != null) {
      sender.record().notSip();
    }
  }

  /// The SIP of a packet that was let in could not be read.
  public void malformed(Agent agent) {
    var sender = known.get(agent);
    if (sender != null) {
      sender.record().malformed();
    }
  }

  /// HEP that could not be read: it is that of the agent of the address, if there is one only.
  public void malformed(Peer peer) {
    malformed(byAddress.getOrDefault(peer.address(), Agent.NONE));
  }

  /// A datagram that was dropped before anyone could read whose it is.
  ///
  /// @param reason one of the ingest's, in kebab-case
  public void dropped(Peer peer, String reason) {
    var sender = known.get(byAddress.getOrDefault(peer.address(), Agent.NONE));
    if (sender != null) {
      sender.record().dropped(reason);
    }
  }

  /// A message is in the journal.
  public void stored(Agent agent) {
    var sender = known.get(agent);
    if (sender != null) {
      sender.record().stored();
    }
  }

  /// A connection ended, for whatever reason.
  public void ended(Peer peer) {
    known.values().forEach(one -> one.record().ended(peer.connection()));
  }

  /// Those that were heard, and those of the configuration that were not.
  ///
  /// @param now nanoseconds since the epoch
  public List<AgentState> list(long now) {
    var states = new ArrayList<AgentState>();
    Set<Listed> told = new HashSet<>();
    for (var one : known.values()) {
      var agent = one.record().agent();
      var listed =
          doorkeeper.listed().stream().filter(l -> doorkeeper.isListedAs(l, agent)).findFirst();
      var refused = listed.filter(told::add).map(Agents::refusedInTheNameOf).orElse(Map.of());
      states.add(one.record().state(listed.isPresent(), refused, now, packets.get()));
    }
    doorkeeper.listed().stream()
        .filter(one -> !told.contains(one))
        .forEach(one -> states.add(neverHeard(one)));
    return states;
  }

  private static AgentState neverHeard(Listed listed) {
    return new AgentState(
        new AgentState.Identity(listed.agent().name(), listed.agent().id(), true),
        AgentState.Link.NONE,
        new AgentState.Counts(0, 0, 0, 0, refusedInTheNameOf(listed)),
        AgentState.Silences.NONE,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        0);
  }

  private static Map<String, Long> refusedInTheNameOf(Listed listed) {
    var refused = new HashMap<String, Long>();
    for (var why : Admission.values()) {
      long count = listed.refused(why);
      if (count > 0) {
        refused.put(why.reason(), count);
      }
    }
    return refused;
  }

  /// Agents that are silent though they should not be.
  public List<String> silent(long now) {
    return list(now).stream()
        .filter(agent -> agent.silences().since().isPresent())
        .map(agent -> agent.identity().text())
        .sorted()
        .toList();
  }

  /// Who was not let in lately, the latest last.
  public List<Refusal> refused() {
    return refusals.list();
  }
}
