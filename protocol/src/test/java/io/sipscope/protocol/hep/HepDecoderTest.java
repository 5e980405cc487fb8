package io.sipscope.protocol.hep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep.Chunk;
import io.sipscope.protocol.hep.Hep.Malformed;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.net.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

final class HepDecoderTest {
  private static final long TIME = 1_763_683_200_123_456_000L;
  private static final String HEP2_TIME_LITTLE = "80ab1f69 40e20100 d1070000";
  private static final String HEP2_TIME_BIG = "691fab80 0001e240 07d10000";

  @Test
  void everyFieldOfHep3IsRead() {
    var packet =
        packet(
            Fixtures.usualAnd(
                Fixtures.text(0x0e, "secret"),
                Fixtures.text(0x0f, Fixtures.INVITE),
                Fixtures.text(0x11, "corr"),
                Fixtures.text(0x13, "edge-1")));
    assertEquals("192.0.2.1:5060", packet.source().toString());
    assertEquals("198.51.100.7:5072", packet.destination().toString());
    assertEquals(OptionalLong.of(TIME), packet.time());
    assertEquals(Transport.UDP, packet.transport());
    assertEquals(0xffff_fffeL, packet.agent().id());
    assertEquals("edge-1", packet.agent().name());
    assertEquals("secret", packet.authKey());
    assertEquals("corr", packet.correlationId());
    assertEquals(Fixtures.INVITE, packet.payload().latin1());
    assertEquals(List.of(), packet.otherChunks());
  }

  @Test
  void chunksComeInAnyOrder() {
    var chunks = new ArrayList<>(Fixtures.USUAL);
    chunks.add(Fixtures.text(0x0f, Fixtures.INVITE));
    var wanted = packet(Fixtures.hep3(chunks));
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(chunks, new Random(seed));
      assertEquals(wanted, packet(Fixtures.hep3(chunks)));
    }
  }

  @Test
  void ofAChunkThatComesTwiceTheLastCounts() {
    var packet = packet(Fixtures.usualAnd(Fixtures.text(0x11, "one"), Fixtures.text(0x11, "two")));
    assertEquals("two", packet.correlationId());
  }

  @Test
  void vendorAndUnknownChunksAreKeptInOrder() {
    var packet =
        packet(
            Fixtures.usualAnd(
                Fixtures.chunk(9, 0x0f, "aa"),
                Fixtures.chunk(0, 0x65, "bb"),
                Fixtures.chunk(0, 0x12, "cccc")));
    assertEquals(
        List.of(
            new Chunk(9, 0x0f, bytes("aa")),
            new Chunk(0, 0x65, bytes("bb")),
            new Chunk(0, 0x12, bytes("cccc"))),
        packet.otherChunks());
    assertTrue(packet.payload().isEmpty());
  }

  @Test
  void ipv6AddressesAreRead() {
    var packet =
        packet(
            Fixtures.hep3(
                List.of(
                    Fixtures.chunk(0, 5, "20010db8000000000000000000000001"),
                    Fixtures.chunk(0, 6, "20010db8000000000000000000000002"))));
    assertEquals("[2001:db8::1]:0", packet.source().toString());
    assertEquals("[2001:db8::2]:0", packet.destination().toString());
    assertEquals(OptionalLong.empty(), packet.time());
  }

  @Test
  void aPayloadMayFillTheLargestFrame() {
    var payload =
        "x".repeat(65_535 - 6 - 6 - Fixtures.USUAL.stream().mapToInt(c -> c.length).sum());
    assertEquals(
        payload, packet(Fixtures.usualAnd(Fixtures.text(0x0f, payload))).payload().latin1());
  }

  @Test
  void compressedPayloadsAreInflated() {
    var packet = packet(Fixtures.usualAnd(Fixtures.chunk(0, 0x10, deflated(Fixtures.INVITE))));
    assertEquals(Fixtures.INVITE, packet.payload().latin1());
  }

  @Test
  void aBombIsMalformed() {
    var bomb = Fixtures.usualAnd(Fixtures.chunk(0, 0x10, deflated("x".repeat(1 << 21))));
    assertEquals(Reason.BOMB, fault(bomb));
    assertInstanceOf(Malformed.class, HepDecoder.decodeFrame(bomb));
  }

  @Test
  void framesOfAStreamMayInflateFurtherThanDatagrams() {
    for (int size : List.of(65_536, 65_537, 1 << 20)) {
      var frame = Fixtures.usualAnd(Fixtures.chunk(0, 0x10, deflated("x".repeat(size))));
      assertEquals(size > 65_536, HepDecoder.decode(frame) instanceof Malformed);
      assertEquals(
          size, assertInstanceOf(Packet.class, HepDecoder.decodeFrame(frame)).payload().length());
    }
  }

  @Test
  void compressedBytesThatAreNotZlibAreMalformed() {
    assertEquals(Reason.COMPRESSED, fault(Fixtures.usualAnd(Fixtures.chunk(0, 0x10, "00ff00ff"))));
    var whole = deflated(Fixtures.INVITE);
    for (int size = 0; size < whole.length - 4; size++) {
      var cut = Bytes.of(whole).slice(0, size).toArray();
      assertEquals(Reason.COMPRESSED, fault(Fixtures.usualAnd(Fixtures.chunk(0, 0x10, cut))));
    }
  }

  @Test
  void lengthsThatLieAreMalformed() {
    var whole = Fixtures.usualAnd(Fixtures.text(0x0f, Fixtures.INVITE)).toArray();
    assertEquals(Reason.LENGTH, fault(patched(whole, 5, whole[5] + 1)));
    assertEquals(Reason.LENGTH, fault(patched(patched(whole, 4, 0).toArray(), 5, 5)));
    assertEquals(Reason.CHUNK_LENGTH, fault(patched(whole, 11, 5)));
    assertEquals(Reason.CHUNK_LENGTH, fault(patched(whole, 10, 255)));
    assertEquals(Reason.CHUNK_LENGTH, fault(Fixtures.usualAnd(new byte[] {0, 0, 0, 1, 0})));
  }

  @Test
  void numbersOfAWrongSizeAreMalformed() {
    for (var type : List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)) {
      assertEquals(Reason.CHUNK_SIZE, fault(Fixtures.usualAnd(Fixtures.chunk(0, type, "010203"))));
    }
  }

  @Test
  void bothAddressesAreNeeded() {
    assertEquals(Reason.NO_ADDRESS, fault(Fixtures.hep3(Fixtures.USUAL.subList(0, 3))));
    assertEquals(Reason.NO_ADDRESS, fault(Fixtures.hep3(List.of())));
  }

  @Test
  void moreChunksThanAnAgentSendsAreMalformed() {
    var chunks =
        IntStream.range(0, 200).mapToObj(_ -> Fixtures.chunk(1, 1, "")).toArray(byte[][]::new);
    assertEquals(Reason.TOO_MANY_CHUNKS, fault(Fixtures.usualAnd(chunks)));
  }

  @Test
  void bytesBehindTheDeclaredLengthAreIgnored() {
    var whole = Fixtures.usualAnd(Fixtures.text(0x0f, Fixtures.INVITE));
    var longer = new byte[whole.length() + 10];
    whole.copyTo(longer, 0);
    assertEquals(packet(whole), packet(Bytes.of(longer)));
  }

  @Test
  void anythingElseIsNotHep() {
    for (var hex : List.of("", "00", "03", "48", "48455033", "4845503200060000", "494e5649")) {
      assertEquals(Reason.NOT_HEP, fault(bytes(hex)));
    }
    assertEquals(Reason.LENGTH, fault(bytes("01")));
  }

  @Test
  void jsonWrappedSipIsUnwrapped() {
    var escaped = Fixtures.INVITE.replace("\r\n", "\\r\\n").replace("/", "\\/");
    for (var json :
        List.of(
            "{\n\t\"payload\":\t\"" + escaped + "\"\n}",
            "  {\"a\":[1,{\"b\":\"}\"}],\"payload\":\"" + escaped + "\",\"z\":null} ",
            "{\"pay\\u006coad\":\"" + escaped + "\"}")) {
      var packet = packet(Fixtures.usualAnd(Fixtures.text(0x0f, json)));
      assertEquals(Fixtures.INVITE, packet.payload().latin1(), json);
    }
  }

  @Test
  void escapesStandForTheirBytes() {
    var json = "{\"payload\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\u00e9\"}";
    var packet = packet(Fixtures.usualAnd(Fixtures.text(0x0f, json)));
    assertEquals("\"\\\b\f\n\r\t\u00e9\ud83d\ude00\u00e9", packet.payload().utf8());
  }

  @Test
  void whatIsNotSuchJsonStaysAsItIs() {
    for (var text :
        List.of(
            "{",
            "{}",
            "{\"payload\":1}",
            "{\"payload\":\"a\"",
            "{\"payload\":\"a\\x\"}",
            "{\"payload\":\"a\\ud800\"}",
            "{\"payload\":\"a\\udc00\"}",
            "{\"payload\":\"a\\u12\"}",
            "{\"payload\":\"a\"}x",
            "{\"payload\":\"a\",}",
            "{\"other\":\"a\"}",
            "{payload:\"a\"}")) {
      var packet = packet(Fixtures.usualAnd(Fixtures.text(0x0f, text)));
      assertEquals(text, packet.payload().latin1());
    }
  }

  @Test
  void jsonOfOtherPayloadTypesIsNotUnwrapped() {
    var json = "{\"payload\":\"x\"}";
    var packet =
        packet(Fixtures.usualAnd(Fixtures.chunk(0, 0x0b, "64"), Fixtures.text(0x0f, json)));
    assertEquals(json, packet.payload().latin1());
  }

  @Test
  void hep1HasNoTime() {
    var packet = packet(Fixtures.join("01100206 13c413d0 c0000201 c6336407", Fixtures.INVITE));
    assertEquals(1, packet.version());
    assertEquals(Transport.TCP, packet.transport());
    assertEquals("192.0.2.1:5060", packet.source().toString());
    assertEquals("198.51.100.7:5072", packet.destination().toString());
    assertEquals(OptionalLong.empty(), packet.time());
    assertEquals(Fixtures.INVITE, packet.payload().latin1());
  }

  @Test
  void hep2TimesAreReadInTheByteOrderThatMakesSense() {
    for (var time : List.of(HEP2_TIME_LITTLE, HEP2_TIME_BIG)) {
      for (var lengthByte : List.of("10", "1c", "01", "00", "ff")) {
        var head = "02" + lengthByte + "0211 13c413d0 c0000201 c6336407";
        var packet = packet(Fixtures.join(head + time, Fixtures.INVITE));
        assertEquals(OptionalLong.of(TIME), packet.time());
        assertEquals(2001, packet.agent().id());
        assertEquals(Fixtures.INVITE, packet.payload().latin1());
      }
    }
  }

  @Test
  void hep2OverIpv6IsReadWhateverTheFamilyIsCalled() {
    var addresses = "20010db8000000000000000000000001 20010db8000000000000000000000002";
    for (var family : List.of("0a", "18", "1c", "1e")) {
      var head = "0228" + family + "11 13c413d0" + addresses + HEP2_TIME_LITTLE;
      assertEquals("[2001:db8::2]:5072", packet(Fixtures.join(head, "x")).destination().toString());
    }
    assertEquals(Reason.FAMILY, fault(Fixtures.join("02280311 13c413d0" + addresses, "x")));
  }

  @Test
  void trailingNulsOfHep1AreCutButNotThoseOfTheBody() {
    var head = "01100211 13c413d0 c0000201 c6336407";
    var body = Fixtures.INVITE.replace("Content-Length: 0", "l : 3") + "a\0\0";
    for (var padding : List.of("", "\0".repeat(8), "\0".repeat(32))) {
      assertEquals(body, packet(Fixtures.join(head, body + padding)).payload().latin1());
      assertEquals(
          Fixtures.INVITE,
          packet(Fixtures.join(head, Fixtures.INVITE + padding)).payload().latin1());
      assertEquals("x", packet(Fixtures.join(head, "x" + padding)).payload().latin1());
    }
  }

  @Test
  void everyPrefixIsAValue() {
    for (var whole :
        List.of(
            Fixtures.usualAnd(Fixtures.text(0x0f, Fixtures.INVITE)),
            Fixtures.join(
                "02100211 13c413d0 c0000201 c6336407" + HEP2_TIME_BIG, Fixtures.INVITE))) {
      int packets = 0;
      for (int size = 0; size <= whole.length(); size++) {
        packets += HepDecoder.decode(whole.slice(0, size)) instanceof Packet ? 1 : 0;
      }
      assertEquals(whole.at(0) == 'H' ? 1 : whole.length() - 27, packets);
    }
  }

  private static Packet packet(Bytes datagram) {
    return assertInstanceOf(Packet.class, HepDecoder.decode(datagram));
  }

  private static String fault(Bytes datagram) {
    return assertInstanceOf(Malformed.class, HepDecoder.decode(datagram)).reason();
  }

  private static Bytes bytes(String hex) {
    return Bytes.of(HexFormat.of().parseHex(hex));
  }

  private static Bytes patched(byte[] whole, int at, int value) {
    var copy = whole.clone();
    copy[at] = (byte) value;
    return Bytes.of(copy);
  }

  static byte[] deflated(String text) {
    var deflater = new Deflater();
    deflater.setInput(Bytes.of(text).toArray());
    deflater.finish();
    var out = new byte[70_000];
    int size = deflater.deflate(out);
    deflater.end();
    return Bytes.of(out, 0, size).toArray();
  }
}
