package io.sipscope.node.agents;

import io.sipscope.node.ingest.Messages;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Encoder;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.OptionalLong;

/// HEP of agents, with keys and without.
public final class HepPackets {
  private HepPackets() {}

  /// An OPTIONS as an agent sends it; its Call-ID is the same as the name.
  public static Hep.Packet of(Agent agent, String key, long time) {
    return of(agent, key, time, Messages.options(agent.text(), 1));
  }

  public static Hep.Packet of(Agent agent, String key, long time, String sip) {
    return new Hep.Packet(
        3,
        17,
        Transport.UDP,
        Endpoint.parse("10.0.0.1:5060").orElseThrow(),
        Endpoint.parse("10.0.0.2:5060").orElseThrow(),
        OptionalLong.of(time),
        Hep.Packet.SIP,
        agent,
        key,
        "",
        Bytes.of(sip),
        List.of());
  }

  /// The bytes of one.
  public static byte[] bytes(Agent agent, String key, long time, String sip) {
    return Hep3Encoder.encode(of(agent, key, time, sip)).toArray();
  }

  static Peer from(String address) {
    try {
      return Peer.byUdp(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
