package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.util.List;
import java.util.OptionalLong;

/// One HEP datagram or frame, version 1, 2 or 3, or why it is none.
public sealed interface Hep {

  /// @param version 1, 2 or 3
  /// @param ipProtocol as sent: 17 UDP, 6 TCP, 22 TLS, 132 SCTP, 50 WS...
  /// @param time nanoseconds since the epoch; empty in HEP1
  /// @param payloadType 1 = SIP; 0x64 log and so on
  /// @param authKey empty when none was sent
  /// @param correlationId chunk 0x0011 as text, empty when none
  /// @param payload inflated, trailing padding of HEP1/2 and JSON wrapping removed; empty when none
  /// @param otherChunks every chunk that has no field here, in order
  record Packet(
      int version,
      int ipProtocol,
      Transport transport,
      Endpoint source,
      Endpoint destination,
      OptionalLong time,
      int payloadType,
      Agent agent,
      String authKey,
      String correlationId,
      Bytes payload,
      List<Chunk> otherChunks)
      implements Hep {
    public static final int SIP = 1;

    /// Without the key and the payload, which are nobody's business who reads a log.
    @Override
    public String toString() {
      return "HEP" + version + " of " + agent + ", " + source + " to " + destination;
    }
  }

  /// @param vendor 0 = generic
  record Chunk(int vendor, int type, Bytes body) {}

  /// @param reason a short constant in kebab-case, fit for a counter's name
  /// @param detail what was there (what was wanted)
  record Malformed(int offset, String reason, String detail) implements Hep {}
}
