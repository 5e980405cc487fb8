package io.sipscope.protocol.hep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What we send is what OpenSIPS would.
final class HepEncodersTest {
  private static final long TIME = 1_795_217_940_747_272_000L;

  private static final String HEP1 = "0110021113c413d0c0000201c6336407";
  private static final String HEP2 =
      "0210021113c413d0c0000201c6336407" + "14da006b08670b00d1070000";
  private static final String HEP3 =
      """
      48455033 007b
      0000 0001 0007 02
      0000 0002 0007 11
      0000 0007 0008 13c4
      0000 0008 0008 13d0
      0000 0009 000a 6b00da14
      0000 000a 000a 000b6708
      0000 000b 0007 01
      0000 000c 000a 000007d1
      0000 0003 000a c0000201
      0000 0004 000a c6336407
      0000 000f 000d 4f5054494f4e53
      0000 0011 0011 6140622e6578616d706c65
      """;

  private static Packet packet(int version, String source, String destination) {
    return new Packet(
        version,
        IpProtocol.UDP,
        Transport.UDP,
        Endpoint.parse(source).orElseThrow(),
        Endpoint.parse(destination).orElseThrow(),
        OptionalLong.of(TIME),
        Packet.SIP,
        new Agent(2001, ""),
        "",
        "a@b.example",
        Bytes.of("OPTIONS"),
        List.of());
  }

  private static Packet packet(int version) {
    return packet(version, "192.0.2.1:5060", "198.51.100.7:5072");
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }

  private static String options() {
    return hex(Bytes.of("OPTIONS"));
  }

  @Test
  void everyVersionHasItsBytesInTheOrderOfOpensips() {
    assertEquals(HEP1 + options(), hex(Hep2Encoder.encode(packet(1))));
    assertEquals(HEP2 + options(), hex(Hep2Encoder.encode(packet(2))));
    assertEquals(HEP3.replaceAll("\\s", ""), hex(Hep3Encoder.encode(packet(3))));
  }

  @Test
  void ofTwoFamiliesBothAreIpv6() {
    var mixed = Hep2Encoder.encode(packet(2, "192.0.2.1:5060", "[2001:db8::7]:5072"));
    var decoded = assertInstanceOf(Packet.class, HepDecoder.decode(mixed));
    assertEquals(40, mixed.u8(1));
    assertEquals("[::ffff:c000:201]:5060", decoded.source().toString());
    assertEquals("[2001:db8::7]:5072", decoded.destination().toString());
  }

  @Test
  void whatIsTooLargeForADatagramIsRefused() {
    var packet = packet(2);
    var large = Fixtures.withPayload(packet, Bytes.of(new byte[Hep2Encoder.MAX_DATAGRAM - 28]));
    assertEquals(Hep2Encoder.MAX_DATAGRAM, Hep2Encoder.encode(large).length());
    var larger = Fixtures.withPayload(packet, Bytes.of(new byte[Hep2Encoder.MAX_DATAGRAM - 27]));
    assertThrows(IllegalArgumentException.class, () -> Hep2Encoder.encode(larger));
  }

  @Test
  void whateverIsEncodedDecodesAsItWas() {
    var random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      var any = Fixtures.anyPacket(random);
      boolean v6 = any.source().address().v6() || any.destination().address().v6();
      var sip = Bytes.of(Fixtures.INVITE);
      for (int version : List.of(1, 2)) {
        var sent = older(any, version, sip);
        var bytes = Hep2Encoder.encode(sent);
        var back = assertInstanceOf(Packet.class, HepDecoder.decode(bytes));
        assertEquals(v6 ? 40 : 16, bytes.u8(1));
        assertEquals(sip, back.payload());
        assertEquals(sent.source().port(), back.source().port());
        assertEquals(sent.destination().port(), back.destination().port());
        assertEquals(version == 2 ? sent.time() : OptionalLong.empty(), back.time());
        if (any.source().address().v6() == any.destination().address().v6()) {
          assertEquals(sent.source(), back.source());
          assertEquals(sent.destination(), back.destination());
        }
      }
    }
  }

  private static Packet older(Packet any, int version, Bytes payload) {
    return new Packet(
        version,
        any.ipProtocol(),
        any.transport(),
        any.source(),
        any.destination(),
        OptionalLong.of(TIME),
        Packet.SIP,
        any.agent(),
        "",
        "",
        payload,
        List.of());
  }

  /// Decoded and encoded again, what a real one sent is the same to the byte, but for the NULs.
  @Test
  void whatOpensipsSentIsEncodedAsItWas() throws IOException {
    for (var file : Corpus.files("opensips/captures")) {
      if (file.getFileName().toString().matches("hep\\d-udp.bin")) {
        var bytes = Bytes.of(Files.readAllBytes(file));
        for (int at = 0; at < bytes.length(); ) {
          int end = at + 12 + (int) bytes.u32(at);
          assertEncodesAs(bytes.slice(at + 12, end));
          at = end;
        }
      }
    }
  }

  private static void assertEncodesAs(Bytes datagram) {
    var packet = assertInstanceOf(Packet.class, HepDecoder.decode(datagram));
    var again = packet.version() == 3 ? Hep3Encoder.encode(packet) : Hep2Encoder.encode(packet);
    int nuls = packet.version() == 3 ? 0 : 8;
    assertEquals(hex(datagram.slice(0, datagram.length() - nuls)), hex(again));
  }
}
