package io.sipscope.protocol.net;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.stream.TcpSegment;

/// Opens UDP (RFC 768), TCP (RFC 9293 §3.1) and SCTP (RFC 9260 §3).
final class Transports {
  private static final int UDP_HEAD = 8;
  private static final int TCP_HEAD = 20;
  private static final int SCTP_HEAD = 12;

  private Transports() {}

  static Layer udp(Layer.Carried carried) {
    var bytes = carried.bytes();
    if (bytes.length() < UDP_HEAD) {
      return Layer.cut("UDP header", bytes, UDP_HEAD);
    }
    int length = bytes.u16(4);
    if (length != 0 && length < UDP_HEAD) {
      return new Layer.Unreadable("bad-udp-length", "UDP length " + length + " (wants 8 at least)");
    }
    // Zero: longer than the field can say (RFC 2675), or left to the card.
    int end = length == 0 ? bytes.length() : Math.min(length, bytes.length());
    return new Layer.Datagram(
        carried.source(),
        bytes.u16(0),
        carried.destination(),
        bytes.u16(2),
        bytes.slice(UDP_HEAD, end));
  }

  static Layer tcp(Layer.Carried carried) {
    var bytes = carried.bytes();
    if (bytes.length() < TCP_HEAD) {
      return Layer.cut("TCP header", bytes, TCP_HEAD);
    }
    int head = (bytes.u8(12) >> 4) * 4;
    if (head < TCP_HEAD || head > carried.wireLength()) {
      return new Layer.Unreadable(
          "bad-tcp-header",
          "TCP header of " + head + " bytes (wants 20 to " + carried.wireLength() + ")");
    }
    return new Layer.Segment(
        new TcpSegment(
            new Endpoint(carried.source(), bytes.u16(0)),
            new Endpoint(carried.destination(), bytes.u16(2)),
            bytes.u32(4),
            bytes.u8(13),
            head > bytes.length() ? Bytes.EMPTY : bytes.from(head),
            carried.wireLength() - head));
  }

  static Layer sctp(Layer.Carried carried) {
    var bytes = carried.bytes();
    if (bytes.length() < SCTP_HEAD) {
      return Layer.cut("SCTP header", bytes, SCTP_HEAD);
    }
    return new Layer.Chunks(
        new Endpoint(carried.source(), bytes.u16(0)),
        new Endpoint(carried.destination(), bytes.u16(2)),
        bytes.from(SCTP_HEAD));
  }
}
