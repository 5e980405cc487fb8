package io.sipscope.protocol.net;

import io.sipscope.protocol.Bytes;

/// Opens Ethernet frames and what EtherTypes announce: IP, tags in front of it, MPLS, PPPoE.
final class EtherType {
  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;
  static final int BRIDGED = 0x6558;
  static final int MPLS = 0x8847;
  private static final int MPLS_MULTICAST = 0x8848;
  private static final int VLAN = 0x8100;
  private static final int PROVIDER_VLAN = 0x88a8;
  private static final int OLD_QINQ = 0x9100;
  private static final int OLD_QINQ_2 = 0x9200;
  private static final int PPPOE_SESSION = 0x8864;
  private static final int BACKBONE_TAG = 0x88e7;
  private static final int PORT_EXTENDER_TAG = 0x893f;
  private static final int VN_TAG = 0x8926;
  private static final int LONGEST_802_3 = 1500;

  private static final int ETHERNET_HEAD = 14;
  private static final int SNAP_HEAD = 8;

  private EtherType() {}

  static Layer ethernet(Bytes frame) {
    return frame.length() < ETHERNET_HEAD
        ? Layer.cut("Ethernet header", frame, ETHERNET_HEAD)
        : new Layer.Typed(frame.u16(12), frame.from(ETHERNET_HEAD));
  }

  static Layer open(int etherType, Bytes payload) {
    return switch (etherType) {
      case IPV4 -> new Layer.Ip(4, payload);
      case IPV6 -> new Layer.Ip(6, payload);
      case VLAN, PROVIDER_VLAN, OLD_QINQ, OLD_QINQ_2 -> tagged("VLAN tag", payload, 2);
      case VN_TAG -> tagged("VN-Tag", payload, 4);
      case PORT_EXTENDER_TAG -> tagged("802.1BR tag", payload, 6);
      case BACKBONE_TAG ->
          payload.length() < 4
              ? Layer.cut("802.1ah tag", payload, 4)
              : new Layer.Ethernet(payload.from(4));
      case BRIDGED -> new Layer.Ethernet(payload);
      case MPLS, MPLS_MULTICAST -> mpls(payload);
      case PPPOE_SESSION -> Ppp.session(payload);
      default -> etherType <= LONGEST_802_3 ? llc(payload) : Layer.NOTHING;
    };
  }

  private static Layer tagged(String tag, Bytes payload, int etherTypeAt) {
    int head = etherTypeAt + 2;
    return payload.length() < head
        ? Layer.cut(tag, payload, head)
        : new Layer.Typed(payload.u16(etherTypeAt), payload.from(head));
  }

  /// 802.2 LLC with SNAP: the EtherType comes after an organisation of zeros (RFC 1042).
  private static Layer llc(Bytes payload) {
    return payload.length() >= SNAP_HEAD
            && payload.u16(0) == 0xaaaa
            && payload.u32(2) >> 8 == 0x030000
            && payload.u8(5) == 0
            && payload.u16(6) > LONGEST_802_3
        ? new Layer.Typed(payload.u16(6), payload.from(SNAP_HEAD))
        : Layer.NOTHING;
  }

  /// Labels up to the bottom of the stack (RFC 3032 §2.1). Nothing says what is below it: IP shows
  /// by its version nibble, a pseudowire by the zero nibble of its control word (RFC 4385 §3);
  /// else it may be Ethernet without one.
  static Layer mpls(Bytes labels) {
    for (int at = 0; at + 4 <= labels.length(); at += 4) {
      if ((labels.u8(at + 2) & 1) == 1) {
        var below = labels.from(at + 4);
        if (below.isEmpty()) {
          return Layer.NOTHING;
        }
        int nibble = below.u8(0) >> 4;
        if (nibble == 0 && below.length() > 4 && looksEthernet(below.from(4))) {
          return new Layer.Ethernet(below.from(4));
        }
        if (looksEthernet(below) && below.u8(0) != 0x45) {
          return new Layer.Ethernet(below);
        }
        return nibble == 4 || nibble == 6 ? new Layer.Ip(nibble, below) : Layer.NOTHING;
      }
    }
    return Layer.cut("MPLS label stack", labels, labels.length() + 4);
  }

  private static boolean looksEthernet(Bytes frame) {
    if (frame.length() < ETHERNET_HEAD) {
      return false;
    }
    int type = frame.u16(12);
    return type == IPV4 || type == IPV6 || type == VLAN || type == PROVIDER_VLAN;
  }
}
