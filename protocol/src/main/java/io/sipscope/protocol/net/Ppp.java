package io.sipscope.protocol.net;

import io.sipscope.protocol.Bytes;

/// Opens PPP (RFC 1661 §2), with or without HDLC's address and control (RFC 1662 §3.1) and with
/// its protocol field compressed or not; Cisco's HDLC, which puts an EtherType there; and PPPoE
/// (RFC 2516 §4).
final class Ppp {
  private static final int IPV4 = 0x0021;
  private static final int IPV6 = 0x0057;
  private static final int MPLS = 0x0281;
  private static final int PPPOE_HEAD = 6;
  private static final int CISCO_UNICAST = 0x0f00;
  private static final int CISCO_MULTICAST = 0x8f00;

  private Ppp() {}

  static Layer open(Bytes frame) {
    if (frame.length() < 4) {
      return Layer.cut("PPP header", frame, 4);
    }
    int head = frame.u16(0);
    if (head == CISCO_UNICAST || head == CISCO_MULTICAST) {
      return new Layer.Typed(frame.u16(2), frame.from(4));
    }
    int at = head == 0xff03 ? 2 : 0;
    boolean compressed = (frame.u8(at) & 1) == 1;
    int protocol = compressed ? frame.u8(at) : frame.u16(at);
    var payload = frame.from(at + (compressed ? 1 : 2));
    return switch (protocol) {
      case IPV4 -> new Layer.Ip(4, payload);
      case IPV6 -> new Layer.Ip(6, payload);
      case MPLS -> EtherType.mpls(payload);
      default -> Layer.NOTHING;
    };
  }

  /// A PPPoE session packet: version and type, code, session, length, then PPP.
  static Layer session(Bytes packet) {
    if (packet.length() < PPPOE_HEAD) {
      return Layer.cut("PPPoE header", packet, PPPOE_HEAD);
    }
    int end = Math.min(packet.length(), PPPOE_HEAD + packet.u16(4));
    return packet.u8(1) == 0 ? open(packet.slice(PPPOE_HEAD, end)) : Layer.NOTHING;
  }
}
