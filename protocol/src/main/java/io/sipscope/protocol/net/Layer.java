package io.sipscope.protocol.net;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.stream.TcpSegment;

/// One step of a [Walk]: what was found inside the layer before.
///
/// Lengths come in pairs where a snap length may have cut the bytes: those captured, and how many
/// the headers say were on the wire (`wireLength`).
sealed interface Layer {
  Layer NOTHING = new Nothing();

  /// A frame that begins with two MAC addresses.
  record Ethernet(Bytes frame) implements Layer {}

  /// The payload of an EtherType (IEEE 802 numbers), or of an 802.3 length up to 1500.
  record Typed(int etherType, Bytes payload) implements Layer {}

  /// An IP packet that ought to be of that version.
  record Ip(int version, Bytes packet) implements Layer {}

  /// A part of an IP packet's payload.
  ///
  /// @param protocol of the payload; of IPv6, only the first fragment's counts
  record Fragment(
      Defragmenter.Train train, int protocol, int offset, boolean more, Bytes bytes, int wireLength)
      implements Layer {}

  /// The payload of an IP packet, whole again if it was fragmented.
  ///
  /// @param protocol the IANA protocol number; also that of an IPv6 extension header
  record Carried(int protocol, IpAddress source, IpAddress destination, Bytes bytes, int wireLength)
      implements Layer {}

  record Datagram(
      IpAddress source, int sourcePort, IpAddress destination, int destinationPort, Bytes payload)
      implements Layer {}

  record Segment(TcpSegment segment) implements Layer {}

  /// An SCTP packet's chunks (RFC 9260 §3.2).
  record Chunks(Endpoint source, Endpoint destination, Bytes chunks) implements Layer {}

  /// Well-formed, and of no interest.
  record Nothing() implements Layer {}

  record Unreadable(String reason, String detail) implements Layer {}

  /// A header that ends too soon.
  static Layer cut(String header, Bytes bytes, int needed) {
    return new Unreadable(
        "short-header", header + " of " + bytes.length() + " bytes (needs " + needed + ")");
  }
}
