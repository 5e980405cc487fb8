package io.sipscope.protocol.net;

import io.sipscope.protocol.Bytes;

/// Opens what carries packets inside packets: GRE and what goes in it, VXLAN, GENEVE, GTP-U.
final class Tunnels {
  private static final int VXLAN_PORT = 4789;
  private static final int OLD_VXLAN_PORT = 8472; // Linux before IANA gave a number
  private static final int GENEVE_PORT = 6081;
  private static final int GTP_PORT = 2152;

  private static final int GRE_PPP = 0x880b;
  private static final int ERSPAN_1_2 = 0x88be;
  private static final int ERSPAN_3 = 0x22eb;

  private static final int TUNNEL_HEAD = 8;
  private static final int GTP_USER_DATA = 255;
  private static final int MOST_GTP_EXTENSIONS = 8; // 3GPP TS 29.281 defines four for user data

  private Tunnels() {}

  /// By the destination port, which a tunnel's far end listens on; and if the head fits.
  static Layer udp(Layer.Datagram datagram) {
    var payload = datagram.payload();
    if (payload.length() < TUNNEL_HEAD) {
      return Layer.NOTHING;
    }
    return switch (datagram.destinationPort()) {
      case VXLAN_PORT, OLD_VXLAN_PORT -> vxlan(payload);
      case GENEVE_PORT -> geneve(payload);
      case GTP_PORT -> gtp(payload);
      default -> Layer.NOTHING;
    };
  }

  /// RFC 7348 §5: the flag that the network identifier is valid must be set.
  private static Layer vxlan(Bytes payload) {
    return (payload.u8(0) & 0x08) != 0 ? new Layer.Ethernet(payload.from(8)) : Layer.NOTHING;
  }

  /// RFC 8926 §3.4: version 0, the options' length in four-byte units, an EtherType.
  private static Layer geneve(Bytes payload) {
    int head = TUNNEL_HEAD + (payload.u8(0) & 0x3f) * 4;
    return payload.u8(0) >> 6 == 0 && head <= payload.length()
        ? new Layer.Typed(payload.u16(2), payload.from(head))
        : Layer.NOTHING;
  }

  /// 3GPP TS 29.281 §5.1: version 1, a user's packet, perhaps with extension headers in front.
  private static Layer gtp(Bytes payload) {
    int flags = payload.u8(0);
    if (flags >> 4 != 3 || payload.u8(1) != GTP_USER_DATA) {
      return Layer.NOTHING;
    }
    boolean optional = (flags & 7) != 0;
    int at = optional ? TUNNEL_HEAD + 4 : TUNNEL_HEAD;
    if (at > payload.length()) {
      return Layer.NOTHING;
    }
    int next = (flags & 4) != 0 ? payload.u8(at - 1) : 0;
    for (int i = 0; next != 0 && i < MOST_GTP_EXTENSIONS; i++) {
      int size = at < payload.length() ? payload.u8(at) * 4 : 0;
      if (size == 0 || at + size > payload.length()) {
        return Layer.NOTHING;
      }
      at += size;
      next = payload.u8(at - 1);
    }
    return at < payload.length() && next == 0 ? LinkLayer.raw(payload.from(at)) : Layer.NOTHING;
  }

  /// GRE (RFC 2784, RFC 2890, the routing of RFC 1701), and its version 1 of PPTP (RFC 2637 §4.1).
  static Layer gre(Bytes packet) {
    if (packet.length() < 4) {
      return Layer.cut("GRE header", packet, 4);
    }
    int flags = packet.u16(0);
    int version = flags & 7;
    boolean checksum = (flags & 0x8000) != 0;
    boolean routing = (flags & 0x4000) != 0;
    boolean key = (flags & 0x2000) != 0;
    boolean sequence = (flags & 0x1000) != 0;
    boolean acknowledgment = version == 1 && (flags & 0x0080) != 0;
    int head =
        4
            + (checksum || routing ? 4 : 0)
            + (key ? 4 : 0)
            + (sequence ? 4 : 0)
            + (acknowledgment ? 4 : 0);
    if (version > 1 || head > packet.length()) {
      return version > 1 ? Layer.NOTHING : Layer.cut("GRE header", packet, head);
    }
    while (routing) { // source route entries: family(2), offset(1), length(1), until one is empty
      if (head + 4 > packet.length()) {
        return Layer.cut("GRE routing", packet, head + 4);
      }
      int size = packet.u8(head + 3);
      routing = packet.u16(head) != 0 || size != 0;
      head += 4 + size;
    }
    return head > packet.length()
        ? Layer.cut("GRE routing", packet, head)
        : greProtocol(packet.u16(2), sequence, packet.from(head));
  }

  private static Layer greProtocol(int protocol, boolean sequence, Bytes payload) {
    return switch (protocol) {
      case GRE_PPP -> payload.isEmpty() ? Layer.NOTHING : Ppp.open(payload);
      case ERSPAN_1_2 -> erspan(payload, sequence ? 8 : 0);
      case ERSPAN_3 -> erspan3(payload);
      default -> new Layer.Typed(protocol, payload);
    };
  }

  /// A mirrored frame behind ERSPAN's own header: type I has none, and no GRE sequence either.
  private static Layer erspan(Bytes payload, int head) {
    return payload.length() < head
        ? Layer.cut("ERSPAN header", payload, head)
        : new Layer.Ethernet(payload.from(head));
  }

  /// Type III: 12 bytes, and 8 more when its last bit says so. It may hold an IP packet instead.
  private static Layer erspan3(Bytes payload) {
    if (payload.length() < 12) {
      return Layer.cut("ERSPAN header", payload, 12);
    }
    int flags = payload.u16(10);
    int head = (flags & 1) == 1 ? 20 : 12;
    boolean ip = (flags >> 10 & 0x1f) == 2;
    if (payload.length() < head) {
      return Layer.cut("ERSPAN header", payload, head);
    }
    return ip ? LinkLayer.raw(payload.from(head)) : new Layer.Ethernet(payload.from(head));
  }

  /// RFC 3378: four bits of version 3, the rest zero, then a frame.
  static Layer etherIp(Bytes packet) {
    return packet.length() >= 2 && packet.u16(0) == 0x3000
        ? new Layer.Ethernet(packet.from(2))
        : Layer.NOTHING;
  }
}
