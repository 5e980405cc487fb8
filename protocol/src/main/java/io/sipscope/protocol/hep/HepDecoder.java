package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;

/// Decodes HEP of any version, told apart by the first bytes: the letters `HEP3`, or the version
/// byte 1 or 2.
///
/// The bytes come off the network. Whatever they are, the answer is a [Hep.Packet] or a
/// [Hep.Malformed]: never an exception, and never a loop that does not advance.
public final class HepDecoder {
  /// What a compressed payload of a datagram may inflate to: what a plain one could have carried.
  static final int DATAGRAM_PAYLOAD_BYTES = 1 << 16;

  /// What a compressed payload of a stream's frame may inflate to. SIP over TCP has no limit of
  /// its own; a message of more than this is nothing that an agent sees on a real network.
  static final int FRAME_PAYLOAD_BYTES = 1 << 20;

  private HepDecoder() {}

  /// Decodes one UDP datagram. Bytes after the length that HEP3 declares are ignored.
  public static Hep decode(Bytes datagram) {
    return decode(datagram, DATAGRAM_PAYLOAD_BYTES);
  }

  /// Decodes one frame of a TCP stream, as [Hep3Framing] cuts it: the same, but a compressed
  /// payload may be larger.
  public static Hep decodeFrame(Bytes frame) {
    return decode(frame, FRAME_PAYLOAD_BYTES);
  }

  private static Hep decode(Bytes bytes, int inflatedBound) {
    if (bytes.length() >= Hep3Decoder.HEAD && bytes.u32(0) == Hep3Decoder.MAGIC) {
      return new Hep3Decoder(bytes, inflatedBound).decode();
    }
    if (!bytes.isEmpty() && (bytes.at(0) == 1 || bytes.at(0) == 2)) {
      return Hep2Decoder.decode(bytes);
    }
    return new Hep.Malformed(
        0, Reason.NOT_HEP, bytes.length() + " bytes (HEP3 in letters, or version 1 or 2)");
  }
}
