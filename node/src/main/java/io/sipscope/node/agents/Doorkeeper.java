package io.sipscope.node.agents;

import io.sipscope.node.agents.AgentSettings.Authentication;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lets HEP in, or not: who says it is an agent that is listed has to come from one of its
/// addresses, to show its key, and to send no more than it may.
final class Doorkeeper {
  private final Authentication authentication;
  private final List<Listed> listed;
  private final Map<String, Listed> byName = new HashMap<>();
  private final Map<Long, Listed> byId = new HashMap<>();

  Doorkeeper(AgentSettings settings) {
    this.authentication = settings.authentication();
    this.listed = settings.listed();
    for (var one : listed) {
      if (!one.agent().name().isEmpty()) {
        byName.put(one.agent().name(), one);
      }
      if (one.agent().id() != 0) {
        byId.put(one.agent().id(), one);
      }
    }
  }

  List<Listed> listed() {
    return listed;
  }

  Admission admit(Hep.Packet packet, Peer peer, long at) {
    if (authentication == Authentication.OFF) {
      return Admission.UNASKED;
    }
    var said = packet.agent();
    var named = said.name().isEmpty() ? null : byName.get(said.name());
    var numbered = said.id() == 0 ? null : byId.get(said.id());
    if (named == null && numbered == null) {
      return authentication == Authentication.KNOWN ? Admission.UNASKED : Admission.UNKNOWN;
    }
    var meant = named == null ? numbered : named;
    boolean isOne = named == null || numbered == null || named.equals(numbered);
    return isOne && meant.isMeantBy(said)
        ? meant.admit(peer, packet.authKey(), at)
        : Admission.UNKNOWN; // it says it is one, and another
  }

  /// Whether this entry of the configuration is the one that this agent goes by.
  boolean isListedAs(Listed one, Agent agent) {
    return one.equals(byName.get(agent.name())) || one.equals(byId.get(agent.id()));
  }
}
