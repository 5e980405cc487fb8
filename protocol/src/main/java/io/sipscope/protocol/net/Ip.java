package io.sipscope.protocol.net;

import io.sipscope.protocol.Bytes;

/// Opens IPv4 (RFC 791 §3.1) and IPv6 (RFC 8200 §3) packets. Checksums are not verified: a host
/// that captures its own traffic sees packets before its network card fills them in.
final class Ip {
  private static final int IP4_HEAD = 20;
  private static final int IP6_HEAD = 40;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int OFFSET = 0x1fff;
  private static final int EXTENSION_HEAD = 8;
  static final int LONGEST_PAYLOAD = 0xffff;

  private static final int HOP_BY_HOP = 0;
  private static final int IP4 = 4;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int IP6 = 41;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int GRE = 47;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int ETHER_IP = 97;
  private static final int SCTP = 132;
  private static final int MOBILITY = 135;
  private static final int MPLS = 137;
  private static final int HOST_IDENTITY = 139;
  private static final int SHIM6 = 140;

  private Ip() {}

  static Layer open(int version, Bytes packet) {
    int head = version == 6 ? IP6_HEAD : IP4_HEAD;
    if (packet.length() < head) {
      return Layer.cut("IP header", packet, head);
    }
    int saysVersion = packet.u8(0) >> 4;
    if (saysVersion != version) {
      return bad("IP version " + saysVersion + " (wants " + version + ")");
    }
    return version == 6 ? open6(packet) : open4(packet);
  }

  private static Layer open4(Bytes packet) {
    int head = (packet.u8(0) & 0xf) * 4;
    if (head < IP4_HEAD) {
      return bad("IPv4 header of " + head + " bytes (wants 20 at least)");
    }
    if (head > packet.length()) {
      return Layer.cut("IPv4 header", packet, head);
    }
    // Zero: the host had its card do the segmentation, and captured before it.
    int total = packet.u16(2) == 0 ? packet.length() : packet.u16(2);
    if (total < head) {
      return bad("IPv4 total length " + total + " (its header alone has " + head + ")");
    }
    var bytes = packet.slice(head, Math.min(total, packet.length()));
    int wireLength = total - head;
    int protocol = packet.u8(9);
    var source = IpAddress.v4(packet, 12);
    var destination = IpAddress.v4(packet, 16);
    int fragment = packet.u16(6);
    if ((fragment & (MORE_FRAGMENTS | OFFSET)) == 0) {
      return new Layer.Carried(protocol, source, destination, bytes, wireLength);
    }
    var train = new Defragmenter.Train(source, destination, protocol, packet.u16(4));
    return fragment(
        train,
        protocol,
        (fragment & OFFSET) * 8,
        (fragment & MORE_FRAGMENTS) != 0,
        bytes,
        wireLength);
  }

  private static Layer open6(Bytes packet) {
    // Zero: a jumbogram (RFC 2675), or segmentation left to the card.
    int payload = packet.u16(4) == 0 ? packet.length() - IP6_HEAD : packet.u16(4);
    return new Layer.Carried(
        packet.u8(6),
        IpAddress.v6(packet, 8),
        IpAddress.v6(packet, 24),
        packet.slice(IP6_HEAD, Math.min(IP6_HEAD + payload, packet.length())),
        payload);
  }

  private static Layer fragment(
      Defragmenter.Train train,
      int protocol,
      int offset,
      boolean more,
      Bytes bytes,
      int wireLength) {
    return offset + wireLength > LONGEST_PAYLOAD
        ? bad("fragment up to byte " + (offset + wireLength) + " (65,535 at most)")
        : new Layer.Fragment(train, protocol, offset, more, bytes, wireLength);
  }

  /// What an IP packet carries: a transport, a tunnel, or an IPv6 extension header.
  static Layer inside(Layer.Carried carried) {
    return switch (carried.protocol()) {
      case UDP -> Transports.udp(carried);
      case TCP -> Transports.tcp(carried);
      case SCTP -> Transports.sctp(carried);
      case IP4 -> new Layer.Ip(4, carried.bytes());
      case IP6 -> new Layer.Ip(6, carried.bytes());
      case GRE -> Tunnels.gre(carried.bytes());
      case MPLS -> EtherType.mpls(carried.bytes());
      case ETHER_IP -> Tunnels.etherIp(carried.bytes());
      case AUTHENTICATION -> extension(carried, 4, 8);
      case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, MOBILITY, HOST_IDENTITY, SHIM6 ->
          carried.source().v6() ? extension(carried, 8, 8) : Layer.NOTHING;
      case FRAGMENT -> carried.source().v6() ? fragment6(carried) : Layer.NOTHING;
      default -> Layer.NOTHING;
    };
  }

  /// Next header, then the length in units beyond the first bytes (RFC 8200 §4.2, RFC 4302 §2.2).
  private static Layer extension(Layer.Carried carried, int unit, int beyond) {
    var bytes = carried.bytes();
    if (bytes.length() < EXTENSION_HEAD) {
      return Layer.cut("IPv6 extension header", bytes, EXTENSION_HEAD);
    }
    int size = bytes.u8(1) * unit + beyond;
    return size > bytes.length()
        ? Layer.cut("IPv6 extension header", bytes, size)
        : after(carried, size);
  }

  private static Layer fragment6(Layer.Carried carried) {
    var bytes = carried.bytes();
    if (bytes.length() < EXTENSION_HEAD) {
      return Layer.cut("IPv6 fragment header", bytes, EXTENSION_HEAD);
    }
    int offset = bytes.u16(2) & 0xfff8;
    boolean more = (bytes.u16(2) & 1) == 1;
    if (offset == 0 && !more) { // an atomic fragment (RFC 6946)
      return after(carried, EXTENSION_HEAD);
    }
    var train =
        new Defragmenter.Train(carried.source(), carried.destination(), FRAGMENT, bytes.u32(4));
    return fragment(
        train,
        bytes.u8(0),
        offset,
        more,
        bytes.from(EXTENSION_HEAD),
        Math.max(0, carried.wireLength() - EXTENSION_HEAD));
  }

  private static Layer after(Layer.Carried carried, int size) {
    return new Layer.Carried(
        carried.bytes().u8(0),
        carried.source(),
        carried.destination(),
        carried.bytes().from(size),
        Math.max(0, carried.wireLength() - size));
  }

  private static Layer bad(String detail) {
    return new Layer.Unreadable("bad-ip-header", detail);
  }
}
