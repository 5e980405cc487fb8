package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.net.IpAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/// Encodes a packet as HEP3, whatever version it came in, with its chunks in the order in which
/// OpenSIPS sends them. Times lose what is below a microsecond, which the format has no room for.
public final class Hep3Encoder {
  /// What the 16-bit length of a frame can say.
  public static final int MAX_FRAME = 65_535;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);

  private Hep3Encoder() {}

  /// One frame. A payload too large to fit is compressed (chunk 0x0010).
  ///
  /// @throws IllegalArgumentException when the frame is larger than [#MAX_FRAME] even so, or a
  /// chunk's text is
  public static Bytes encode(Packet packet) {
    var encoder = new Hep3Encoder();
    encoder.write(packet);
    return encoder.frame();
  }

  private void write(Packet packet) {
    out.writeBytes(new byte[] {'H', 'E', 'P', '3', 0, 0});
    boolean v6 = packet.source().address().v6();
    number(0x01, 1, v6 ? AF_INET6 : AF_INET);
    number(0x02, 1, packet.ipProtocol());
    number(0x07, 2, packet.source().port());
    number(0x08, 2, packet.destination().port());
    packet
        .time()
        .ifPresent(
            time -> {
              number(0x09, 4, Math.floorDiv(time, NANOS_PER_SECOND));
              number(0x0a, 4, Math.floorMod(time, NANOS_PER_SECOND) / 1_000);
            });
    number(0x0b, 1, packet.payloadType());
    number(0x0c, 4, packet.agent().id());
    address(0x03, packet.source().address());
    address(0x04, packet.destination().address());
    text(0x0e, packet.authKey());
    text(0x13, packet.agent().name());
    var correlationId = packet.correlationId().getBytes(StandardCharsets.UTF_8);
    int behind = correlationId.length == 0 ? 0 : Hep3Decoder.HEAD + correlationId.length;
    for (var chunk : packet.otherChunks()) {
      behind += Hep3Decoder.HEAD + chunk.body().length();
    }
    payload(packet.payload(), behind);
    for (var chunk : packet.otherChunks()) {
      chunk(chunk.vendor(), chunk.type(), chunk.body());
    }
    if (correlationId.length > 0) {
      chunk(0, 0x11, Bytes.of(correlationId));
    }
  }

  /// @param behind bytes of the chunks that follow
  private void payload(Bytes payload, int behind) {
    if (payload.isEmpty()) {
      return;
    }
    boolean fits = out.size() + Hep3Decoder.HEAD + payload.length() + behind <= MAX_FRAME;
    chunk(0, fits ? 0x0f : 0x10, fits ? payload : Bytes.of(deflated(payload)));
  }

  private static byte[] deflated(Bytes payload) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setInput(payload.array(), payload.offset(), payload.length());
      deflater.finish();
      var buffer = new byte[MAX_FRAME];
      int size = deflater.deflate(buffer);
      if (!deflater.finished()) {
        throw new IllegalArgumentException(
            payload.length() + " bytes of payload do not fit a HEP3 frame (65535 compressed)");
      }
      return Arrays.copyOf(buffer, size);
    } finally {
      deflater.end();
    }
  }

  /// The source's type for IPv4; the IPv6 types follow two later.
  private void address(int type, IpAddress address) {
    chunk(0, address.v6() ? type + 2 : type, Bytes.of(address.bytes()));
  }

  private void text(int type, String text) {
    if (!text.isEmpty()) {
      chunk(0, type, Bytes.of(text));
    }
  }

  private void number(int type, int bytes, long value) {
    head(0, type, bytes);
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }

  private void chunk(int vendor, int type, Bytes body) {
    head(vendor, type, body.length());
    out.write(body.array(), body.offset(), body.length());
  }

  private void head(int vendor, int type, int size) {
    int length = Hep3Decoder.HEAD + size;
    if (length > MAX_FRAME) {
      throw new IllegalArgumentException("chunk " + type + " of " + size + " bytes (65529)");
    }
    u16(vendor);
    u16(type);
    u16(length);
  }

  private void u16(int value) {
    out.write(value >>> 8);
    out.write(value);
  }

  private Bytes frame() {
    var frame = out.toByteArray();
    if (frame.length > MAX_FRAME) {
      throw new IllegalArgumentException("HEP3 frame of " + frame.length + " bytes (65535)");
    }
    frame[4] = (byte) (frame.length >>> 8);
    frame[5] = (byte) frame.length;
    return Bytes.of(frame);
  }
}
