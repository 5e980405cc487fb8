package io.sipscope.node.trace;

import io.sipscope.persistence.trace.TraceDestination.Hep;
import io.sipscope.persistence.trace.TraceDestination.HepTransport;
import io.sipscope.persistence.trace.TraceType;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.hep.Hep2Encoder;
import io.sipscope.protocol.hep.Hep3Encoder;
import io.sipscope.protocol.hep.IpProtocol;
import java.util.List;
import java.util.OptionalLong;

/// Traced messages as HEP, as OpenSIPS sends it: with the time of the packet, the Call-ID as the
/// correlation id, and our own capture id.
///
/// @param version 1, 2 or 3
record HepFrames(int version, Agent agent, int largest) {

  /// What the 32 bits of the seconds hold.
  private static final long MAX_TIME = 0xffff_ffffL * 1_000_000_000L;

  private static final int XLOG = 0x64;
  private static final int REST = 0x58;

  /// The chunks around the payload and the Call-ID, of IPv6.
  private static final int OVERHEAD = 128;

  static HepFrames of(Hep hep, long captureId) {
    boolean datagrams = hep.transport() == HepTransport.UDP;
    return new HepFrames(
        hep.version(),
        new Agent(captureId, ""),
        datagrams ? Hep2Encoder.MAX_DATAGRAM : Hep3Encoder.MAX_FRAME);
  }

  /// A frame; nothing when the message is too large for one.
  Bytes frame(TracedMessage message) {
    var packet = packet(message);
    int size = packet.payload().length() + packet.correlationId().length() + OVERHEAD;
    if (size > largest && tooLarge(packet)) {
      return Bytes.EMPTY;
    }
    return version == 3 ? Hep3Encoder.encode(packet) : Hep2Encoder.encode(packet);
  }

  /// To the byte, where it is close. Nothing is compressed: not every receiver knows chunk 0x0010.
  private boolean tooLarge(Packet packet) {
    var address = packet.source().address();
    int addresses = 2 * (address.v6() ? 16 : 4);
    int correlationId = Bytes.of(packet.correlationId()).length();
    int around =
        switch (version) {
          case 1 -> 8 + addresses;
          case 2 -> 20 + addresses;
          default -> 91 + addresses + 6 + correlationId;
        };
    return packet.payload().length() + around > largest;
  }

  /// As OpenSIPS numbers them.
  private static int payloadType(TraceType type) {
    return switch (type) {
      case SIP -> Packet.SIP;
      case XLOG -> XLOG;
      case REST -> REST;
    };
  }

  private static String correlationId(TracedMessage message) {
    return message.correlationId().isEmpty() ? message.callId() : message.correlationId();
  }

  private Packet packet(TracedMessage message) {
    var capture = message.capture();
    return new Packet(
        version,
        IpProtocol.of(message.from().transport()),
        message.from().transport(),
        message.from().endpoint(),
        message.to().endpoint(),
        OptionalLong.of(Math.clamp(capture.time(), 0, MAX_TIME)),
        payloadType(message.type()),
        agent,
        "",
        version == 3 ? correlationId(message) : "",
        capture.sip(),
        List.of());
  }
}
