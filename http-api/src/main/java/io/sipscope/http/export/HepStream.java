package io.sipscope.http.export;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Encoder;
import io.sipscope.protocol.hep.IpProtocol;
import java.util.List;
import java.util.OptionalLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Captures as HEP3 frames, one after the other, as an agent sends them over TCP: with the
/// addresses, ports, transport, agent and correlation id they came with, and the time of the packet
/// as far as HEP3 can say it, from 1970 to 2106 in microseconds.
///
/// A message over 64 kB is compressed; where even that does not fit into a frame, or the rest of a
/// dialog cannot be read, there is a frame without payload, so that whoever reads it knows.
final class HepStream {
  private static final int VERSION = 3;

  /// What the 32 bits of the seconds hold.
  private static final long MAX_TIME = 0xffff_ffffL * 1_000_000_000L;

  private HepStream() {}

  static Source<ByteString, NotUsed> of(Source<Capture, NotUsed> captures) {
    return captures.map(HepStream::frame);
  }

  static ByteString frame(Capture capture) {
    var frame = encoded(capture);
    return ByteString.fromArrayUnsafe(frame.array(), frame.offset(), frame.length());
  }

  private static Bytes encoded(Capture capture) {
    try {
      return Hep3Encoder.encode(packet(capture, capture.sip()));
    } catch (IllegalArgumentException _) {
      return Hep3Encoder.encode(packet(capture, Bytes.EMPTY));
    }
  }

  private static Hep.Packet packet(Capture capture, Bytes payload) {
    return new Hep.Packet(
        VERSION,
        IpProtocol.of(capture.transport()),
        capture.transport(),
        capture.source(),
        capture.destination(),
        OptionalLong.of(Math.clamp(capture.time(), 0, MAX_TIME)),
        Hep.Packet.SIP,
        capture.agent(),
        "",
        capture.correlationId(),
        payload,
        List.of());
  }
}
