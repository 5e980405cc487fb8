package io.sipscope.node.agents;

import io.sipscope.http.agents.AgentState;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/// What this node remembers of one agent. It costs the thread that reads it a lock that nobody
/// else wants, for an agent sends over one socket.
final class AgentRecord {
  /// Addresses of one agent that are shown: it moved, or several go by one name.
  private static final int MAX_ADDRESSES = 8;

  private final Agent agent;
  private final LongAdder stored = new LongAdder();
  private final LongAdder notSip = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final Map<String, Long> dropped = new HashMap<>();
  private final Set<String> addresses = new LinkedHashSet<>();
  private final Pulse pulse;
  private final ClockOffset offset = new ClockOffset();
  private Peer peer;
  private int version;
  private boolean authenticated;
  private long packets;
  private long disconnects;

  AgentRecord(Agent agent, Peer peer, Pulse pulse) {
    this.agent = agent;
    this.peer = peer;
    this.pulse = pulse;
  }

  Agent agent() {
    return agent;
  }

  /// @param othersAndOwn packets of all agents before this one
  synchronized void heard(
      Hep.Packet packet, Peer from, boolean showedItsKey, long at, long othersAndOwn) {
    pulse.beat(at, othersAndOwn - packets);
    packets++;
    if (packet.time().isPresent()) {
      offset.heard(at, packet.time().getAsLong());
    }
    version = packet.version();
    authenticated = showedItsKey;
    if (addresses.isEmpty() || !peer.equals(from)) {
      moved(from);
    }
  }

  private void moved(Peer from) {
    peer = from;
    addresses.remove(from.text());
    addresses.add(from.text());
    if (addresses.size() > MAX_ADDRESSES) {
      addresses.remove(addresses.iterator().next());
    }
  }

  void stored() {
    stored.increment();
  }

  void notSip() {
    notSip.increment();
  }

  void malformed() {
    malformed.increment();
  }

  /// @param reason one of the ingest's, which are few
  synchronized void dropped(String reason) {
    dropped.merge(reason, 1L, Long::sum);
  }

  /// A connection ended; if it was the one this agent came by, that is worth knowing.
  synchronized void ended(long connection) {
    if (peer.connection() == connection) {
      disconnects++;
    }
  }

  /// Seconds since the epoch.
  synchronized long lastSecond() {
    return pulse.last() / Pulse.SECOND;
  }

  /// @param refused what came in its name and was not let in, by the reason
  synchronized AgentState state(
      boolean listed, Map<String, Long> refused, long now, long othersAndOwn) {
    var lost = new HashMap<>(dropped);
    refused.forEach((reason, count) -> lost.merge(reason, count, Long::sum));
    return new AgentState(
        new AgentState.Identity(agent.name(), agent.id(), listed),
        new AgentState.Link(
            peer.carrier().text(),
            peer.text(),
            List.copyOf(addresses),
            version,
            authenticated,
            disconnects),
        new AgentState.Counts(packets, stored.sum(), notSip.sum(), malformed.sum(), lost),
        pulse.silences(now, othersAndOwn - packets),
        OptionalLong.of(pulse.first()),
        OptionalLong.of(pulse.last()),
        offset.nanos(),
        pulse.rate(now));
  }
}
