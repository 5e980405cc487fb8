package io.sipscope.node.agents;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.net.IpBlock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// An agent of the configuration: who it says it is, what it has to show, and what it may do.
final class Listed {
  private final Agent agent;
  private final AgentKey key;
  private final List<IpBlock> networks;
  private final Allowance allowance;
  private final Map<Admission, LongAdder> refused = new EnumMap<>(Admission.class);

  /// @param agent name or id or both; of what it has not, anything will do
  /// @param networks where it may send from; none = anywhere
  /// @param perSecond packets that are let in; [Allowance#UNLIMITED] = all
  Listed(Agent agent, AgentKey key, List<IpBlock> networks, int perSecond) {
    this.agent = agent;
    this.key = key;
    this.networks = List.copyOf(networks);
    this.allowance = new Allowance(perSecond);
    for (var admission : Admission.values()) {
      refused.put(admission, new LongAdder());
    }
  }

  Agent agent() {
    return agent;
  }

  /// Whether a packet that says this can be its: it may leave out the name or the id, and say
  /// nothing else instead.
  boolean isMeantBy(Agent said) {
    boolean sameName = agent.name().isEmpty() || said.name().isEmpty() || sameNameAs(said);
    boolean sameId = agent.id() == 0 || said.id() == 0 || agent.id() == said.id();
    return sameName && sameId;
  }

  private boolean sameNameAs(Agent said) {
    return agent.name().equals(said.name());
  }

  /// @param shown the key of the packet, empty when it has none
  /// @param at nanoseconds since the epoch
  Admission admit(Peer peer, String shown, long at) {
    if (!isAllowedFrom(peer)) {
      return counted(Admission.ADDRESS);
    }
    if (!key.opens(shown)) {
      return counted(Admission.KEY);
    }
    return allowance.take(at) ? Admission.AUTHENTICATED : counted(Admission.RATE);
  }

  private boolean isAllowedFrom(Peer peer) {
    if (networks.isEmpty()) {
      return true;
    }
    for (var network : networks) {
      if (network.holds(peer.address())) {
        return true;
      }
    }
    return false;
  }

  private Admission counted(Admission refusal) {
    refused.get(refusal).increment();
    return refusal;
  }

  /// Packets in its name that were not let in, by the reason.
  long refused(Admission why) {
    return refused.get(why).sum();
  }
}
