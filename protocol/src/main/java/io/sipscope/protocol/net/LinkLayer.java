package io.sipscope.protocol.net;

import io.sipscope.protocol.Bytes;

/// Opens a captured frame by its link type (<https://www.tcpdump.org/linktypes.html>). The raw and
/// loopback types carry two numbers each: BSDs disagreed.
final class LinkLayer {
  private static final int NULL = 0;
  private static final int ETHERNET = 1;
  private static final int PPP = 9;
  private static final int RAW_BSD = 12;
  private static final int RAW_OPENBSD = 14;
  private static final int PPP_HDLC = 50;
  private static final int PPP_ETHER = 51;
  private static final int RAW = 101;
  private static final int CISCO_HDLC = 104;
  private static final int LOOP = 108;
  private static final int LINUX_SLL = 113;
  private static final int PPP_PPPD = 166;
  private static final int PPP_WITH_DIRECTION = 204;
  private static final int IPV4 = 228;
  private static final int IPV6 = 229;
  private static final int LINUX_SLL2 = 276;

  private static final int LOOPBACK_HEAD = 4;
  private static final int SLL_HEAD = 16;
  private static final int SLL2_HEAD = 20;

  private LinkLayer() {}

  static Layer open(int linkType, Bytes frame) {
    return switch (linkType) {
      case ETHERNET -> new Layer.Ethernet(frame);
      case LINUX_SLL -> cooked(frame, 14, SLL_HEAD);
      case LINUX_SLL2 -> cooked(frame, 0, SLL2_HEAD);
      case RAW, RAW_BSD, RAW_OPENBSD -> raw(frame);
      case IPV4 -> new Layer.Ip(4, frame);
      case IPV6 -> new Layer.Ip(6, frame);
      case NULL, LOOP -> loopback(frame);
      case PPP, PPP_HDLC, CISCO_HDLC -> Ppp.open(frame);
      case PPP_PPPD, PPP_WITH_DIRECTION ->
          frame.isEmpty() ? Layer.cut("PPP direction", frame, 1) : Ppp.open(frame.from(1));
      case PPP_ETHER -> Ppp.session(frame);
      default -> new Layer.Unreadable("unsupported-link-type", "link type " + linkType);
    };
  }

  /// Linux cooked captures: a pseudo header that holds the EtherType.
  private static Layer cooked(Bytes frame, int etherTypeAt, int head) {
    return frame.length() < head
        ? Layer.cut("cooked header", frame, head)
        : new Layer.Typed(frame.u16(etherTypeAt), frame.from(head));
  }

  /// No link header: the packet's own version nibble decides.
  static Layer raw(Bytes packet) {
    if (packet.isEmpty()) {
      return Layer.cut("IP header", packet, 1);
    }
    return new Layer.Ip(packet.u8(0) >> 4 == 6 ? 6 : 4, packet);
  }

  /// An address family in the byte order of the machine that captured it, which is not known:
  /// a family is small, so its bytes say which.
  private static Layer loopback(Bytes frame) {
    if (frame.length() < LOOPBACK_HEAD) {
      return Layer.cut("loopback header", frame, LOOPBACK_HEAD);
    }
    long family = Math.min(frame.u32(0), frame.u32LittleEndian(0));
    var packet = frame.from(LOOPBACK_HEAD);
    return switch ((int) family) {
      case 2 -> new Layer.Ip(4, packet);
      case 10, 24, 28, 30 -> new Layer.Ip(6, packet); // Linux, NetBSD, FreeBSD, Darwin
      default -> Layer.NOTHING;
    };
  }
}
