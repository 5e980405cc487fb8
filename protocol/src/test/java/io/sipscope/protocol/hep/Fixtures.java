package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep.Chunk;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// HEP built by code, chunk by chunk.
final class Fixtures {
  static final String INVITE =
      """
      INVITE sip:bob@example.com SIP/2.0
      Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds
      From: Alice <sip:alice@example.com>;tag=1928301774
      To: Bob <sip:bob@example.com>
      Call-ID: a84b4c76e66710@192.0.2.1
      CSeq: 314159 INVITE
      Content-Length: 0

      """
          .replace("\n", "\r\n");

  /// Source 192.0.2.1:5060, destination 198.51.100.7:5072, 2025-11-21T00:00:00.123456Z.
  static final List<byte[]> USUAL =
      List.of(
          chunk(0, 0x01, "02"),
          chunk(0, 0x02, "11"),
          chunk(0, 0x03, "c0000201"),
          chunk(0, 0x04, "c6336407"),
          chunk(0, 0x07, "13c4"),
          chunk(0, 0x08, "13d0"),
          chunk(0, 0x09, "691fab80"),
          chunk(0, 0x0a, "0001e240"),
          chunk(0, 0x0b, "01"),
          chunk(0, 0x0c, "fffffffe"));

  private Fixtures() {}

  static byte[] chunk(int vendor, int type, String hex) {
    return chunk(vendor, type, HexFormat.of().parseHex(hex));
  }

  static byte[] chunk(int vendor, int type, byte[] body) {
    var out = new ByteArrayOutputStream();
    for (int value : new int[] {vendor, type, body.length + 6}) {
      out.write(value >>> 8);
      out.write(value);
    }
    out.writeBytes(body);
    return out.toByteArray();
  }

  static byte[] text(int type, String text) {
    return chunk(0, type, text.getBytes(StandardCharsets.UTF_8));
  }

  /// The usual chunks and these.
  static Bytes usualAnd(byte[]... chunks) {
    return hep3(Stream.concat(USUAL.stream(), Stream.of(chunks)).toList());
  }

  static Bytes hep3(List<byte[]> chunks) {
    var out = new ByteArrayOutputStream();
    int length = 6 + chunks.stream().mapToInt(chunk -> chunk.length).sum();
    out.writeBytes(new byte[] {'H', 'E', 'P', '3', (byte) (length >>> 8), (byte) length});
    chunks.forEach(out::writeBytes);
    return Bytes.of(out.toByteArray());
  }

  static Bytes join(String headHex, String payload) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex(headHex.replace(" ", "")));
    out.writeBytes(payload.getBytes(StandardCharsets.ISO_8859_1));
    return Bytes.of(out.toByteArray());
  }

  /// Any packet that HEP3 can say.
  static Packet anyPacket(Random random) {
    int protocol = List.of(6, 17, 22, 50, 132, 99).get(random.nextInt(6));
    return new Packet(
        3,
        protocol,
        IpProtocol.transport(protocol),
        anyEndpoint(random),
        anyEndpoint(random),
        random.nextInt(4) == 0
            ? OptionalLong.empty()
            : OptionalLong.of(
                random.nextLong(1L << 32) * 1_000_000_000L + 1_000L * random.nextInt(1_000_000)),
        random.nextInt(256),
        random.nextBoolean() ? Agent.NONE : new Agent(random.nextLong(1L << 32), anyText(random)),
        anyText(random),
        anyText(random),
        Bytes.of("x" + anyText(random)),
        IntStream.range(0, random.nextInt(4))
            .mapToObj(
                _ ->
                    new Chunk(
                        1 + random.nextInt(65_535),
                        random.nextInt(65_536),
                        Bytes.of(anyText(random))))
            .toList());
  }

  private static Endpoint anyEndpoint(Random random) {
    var address =
        random.nextBoolean()
            ? IpAddress.v4(random.nextInt())
            : IpAddress.v6(random.nextLong(), random.nextLong());
    return new Endpoint(address, random.nextInt(65_536));
  }

  private static String anyText(Random random) {
    return random
        .ints(random.nextInt(40), 1, 0xd800)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// The same packet around another message.
  static Packet withPayload(Packet packet, Bytes payload) {
    return new Packet(
        packet.version(),
        packet.ipProtocol(),
        packet.transport(),
        packet.source(),
        packet.destination(),
        packet.time(),
        packet.payloadType(),
        packet.agent(),
        packet.authKey(),
        packet.correlationId(),
        payload,
        packet.otherChunks());
  }
}
