package io.sipscope.protocol.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.net.Walk;
import io.sipscope.testing.RequiresTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PcapngWriterTest {
  private static final long TIME = 1_763_683_200_123_456_789L;
  private static final Endpoint ALICE = endpoint("192.0.2.1:15060");
  private static final Endpoint BOB = endpoint("198.51.100.7:5072");
  private static final Endpoint CAROL = endpoint("[2001:db8::1]:5060");
  private static final Endpoint DAVE = endpoint("[2001:db8::2]:49152");

  @TempDir Path folder;

  @Test
  void framesHaveTheirTimesToTheNanosecond() throws IOException {
    var read =
        Recording.of(exported(List.of(capture(Transport.UDP, ALICE, BOB, TIME, message(1, 0)))));
    assertEquals(List.of(), read.faults());
    assertEquals(TIME, read.frames().getFirst().time());
    assertEquals(101, read.frames().getFirst().linkType());
  }

  @Test
  void aMessageTooLargeForADatagramGoesAsSegments() throws IOException {
    var large = capture(Transport.UDP, ALICE, BOB, TIME, message(1, 70_000));
    var frames = Recording.of(exported(List.of(large))).frames();
    assertEquals(3, frames.size());
    frames.forEach(frame -> assertEquals(IpPacket.TCP, frame.data().u8(9)));
  }

  @Test
  void theLargestDatagramStaysOne() throws IOException {
    var sip = Bytes.of(new byte[IpPacket.MAX_DATAGRAM]);
    for (var to : List.of(BOB, CAROL)) {
      var frames =
          Recording.of(exported(List.of(capture(Transport.UDP, ALICE, to, TIME, sip)))).frames();
      assertEquals(1, frames.size());
      assertEquals(
          sip, frames.getFirst().data().from(frames.getFirst().data().length() - sip.length()));
    }
  }

  @Test
  void aConnectionBeginsAnewAfterAMessageWithoutAnEnd() throws IOException {
    var cut = message(1, 500).slice(0, 300);
    var frames =
        Recording.of(
                exported(
                    List.of(
                        capture(Transport.TCP, ALICE, BOB, TIME, cut),
                        capture(Transport.TCP, ALICE, BOB, TIME + 1, message(2, 0)))))
            .frames();
    assertEquals(List.of(0x18, 0x02, 0x18), frames.stream().map(f -> f.data().u8(33)).toList());
    assertEquals(frames.get(1).data().u32(24) + 1, frames.get(2).data().u32(24));
    assertTrue(frames.get(1).data().u32(24) > frames.get(0).data().u32(24) + cut.length() - 1);
  }

  @Test
  void commentsTellWhatPacketsCannot() {
    var capture =
        new Capture(
            TIME,
            TIME,
            Transport.WSS,
            ALICE,
            BOB,
            new Agent(2001, "edge\u0007one"),
            "corr-1",
            SourceKind.HEP,
            message(1, 0));
    var text = new PcapngWriter().packet(capture).utf8();
    assertTrue(
        text.contains(
            "transport=wss; agent-id=2001; agent=edge one; correlation-id=corr-1;"
                + " received=2025-11-21T00:00:00.123456789Z"),
        text);
  }

  @RequiresTool(value = "tshark", debian = "tshark")
  @Test
  void tsharkReadsTheSameMessagesTimesAndAddresses() throws Exception {
    var captures = everyTransport();
    var file = Files.write(folder.resolve("export.pcapng"), exported(captures));
    var expected =
        captures.stream()
            .map(
                capture ->
                    "%d.%09d %s -> %s %s"
                        .formatted(
                            capture.time() / 1_000_000_000L,
                            capture.time() % 1_000_000_000L,
                            capture.source(),
                            capture.destination(),
                            capture.transport() == Transport.SCTP
                                ? "call-" + capture.time()
                                : capture.sip().sha256Hex()))
            .toList();
    assertEquals(expected, messagesBy(file));
  }

  @RequiresTool(value = "tshark", debian = "tshark")
  @Test
  void tsharkFindsNoChecksumWrongAndNothingMalformed() throws Exception {
    var file = Files.write(folder.resolve("export.pcapng"), exported(everyTransport()));
    var wrong =
        "ip.checksum.status == 0 || udp.checksum.status == 0 || tcp.checksum.status == 0"
            + " || sctp.checksum.status == 0 || tcp.analysis.flags || _ws.malformed";
    assertEquals(List.of(), tshark(file, wrong, "frame.number"));
  }

  @Test
  void ourOwnReaderFindsTheSameMessages() throws IOException {
    var captures = new ArrayList<>(everyTransport());
    captures.add(capture(Transport.UDP, ALICE, BOB, TIME + 1_000, message(1_000, 200_000)));
    captures.add(
        capture(Transport.TCP, ALICE, BOB, TIME + 1_001, message(1_001, 500).slice(0, 400)));
    captures.add(capture(Transport.TLS, ALICE, BOB, TIME + 1_002, message(1_002, 10)));
    var found = new TreeSet<String>();
    var walk = new Walk();
    for (var frame : Recording.of(exported(captures)).frames()) {
      walk.accept(frame, each -> found.add(text(each)));
    }
    walk.finish(each -> found.add(text(each)));
    var wanted = new TreeSet<String>();
    for (var capture : captures) {
      var transport =
          switch (capture.transport()) {
            case UDP -> capture.sip().length() > 65_507 ? Transport.TCP : Transport.UDP;
            case TCP, TLS, WS, WSS -> Transport.TCP;
            case SCTP -> Transport.SCTP;
          };
      wanted.add(
          text(
              new Found.Message(
                  capture.time(),
                  transport,
                  capture.source(),
                  capture.destination(),
                  capture.sip())));
    }
    assertEquals(wanted, found);
  }

  private static String text(Found found) {
    return switch (found) {
      case Found.Message(var time, var transport, var source, var destination, var sip) ->
          "%d %s %s -> %s %s".formatted(time, transport, source, destination, sip.sha256Hex());
      case Found.Malformed fault -> fault.toString();
    };
  }

  /// *time source -> destination sha256* of each message as tshark puts it together; over SCTP,
  /// whose bytes it does not show, the Call-ID.
  private static List<String> messagesBy(Path file) throws Exception {
    var rows = new ArrayList<String>();
    for (var line :
        tshark(
            file,
            "sip",
            "frame.time_epoch",
            "ip.src",
            "ipv6.src",
            "udp.srcport",
            "tcp.srcport",
            "sctp.srcport",
            "ip.dst",
            "ipv6.dst",
            "udp.dstport",
            "tcp.dstport",
            "sctp.dstport",
            "tcp.reassembled.data",
            "udp.payload",
            "tcp.payload",
            "sip.Call-ID")) {
      var f = line.split("\\|", -1);
      var bytes = Stream.of(f[11], f[12], f[13]).filter(hex -> !hex.isEmpty()).findFirst();
      rows.add(
          "%s %s -> %s %s"
              .formatted(
                  f[0],
                  text(f[1], f[2], f[3] + f[4] + f[5]),
                  text(f[6], f[7], f[8] + f[9] + f[10]),
                  bytes
                      .map(hex -> Bytes.of(HexFormat.of().parseHex(hex)).sha256Hex())
                      .orElse(f[14])));
    }
    return rows;
  }

  private static String text(String v4, String v6, String port) {
    return v6.isEmpty() ? v4 + ":" + port : "[" + v6 + "]:" + port;
  }

  private static List<String> tshark(Path file, String filter, String... fields)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of("tshark", "-r", file.toString(), "-Y", filter, "-T", "fields", "-E"));
    command.add("separator=|");
    List.of(fields).forEach(field -> command.addAll(List.of("-e", field)));
    for (var preference :
        List.of(
            "tcp.try_heuristic_first:TRUE",
            "udp.try_heuristic_first:TRUE",
            "ip.check_checksum:TRUE",
            "udp.check_checksum:TRUE",
            "tcp.check_checksum:TRUE",
            "sctp.checksum:TRUE")) {
      command.addAll(List.of("-o", preference));
    }
    var tshark = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var output = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, tshark.waitFor());
    return output.lines().toList();
  }

  private static List<Capture> everyTransport() {
    var captures = new ArrayList<Capture>();
    long time = TIME;
    for (var transport : Transport.values()) {
      for (int size : List.of(0, 1, 1_400, 40_000)) {
        captures.add(capture(transport, ALICE, BOB, time, message(time++, size)));
        captures.add(capture(transport, BOB, ALICE, time, message(time++, size)));
        captures.add(capture(transport, CAROL, DAVE, time, message(time++, size)));
        captures.add(capture(transport, DAVE, CAROL, time, message(time++, size)));
      }
    }
    return captures;
  }

  static byte[] exported(List<Capture> captures) {
    var writer = new PcapngWriter();
    var file = new ByteArrayOutputStream();
    file.writeBytes(writer.start().toArray());
    captures.forEach(capture -> file.writeBytes(writer.packet(capture).toArray()));
    return file.toByteArray();
  }

  static Capture capture(Transport transport, Endpoint from, Endpoint to, long time, Bytes sip) {
    return new Capture(time, time, transport, from, to, Agent.NONE, "", SourceKind.HEP, sip);
  }

  private static Bytes message(long id, int bodySize) {
    var body = new byte[bodySize];
    new Random(id).nextBytes(body);
    var text =
        """
        MESSAGE sip:bob@example.com SIP/2.0
        Via: SIP/2.0/TCP a.example.com;branch=z9hG4bK%d
        From: <sip:alice@example.com>;tag=1
        To: <sip:bob@example.com>
        Call-ID: call-%d
        CSeq: 1 MESSAGE
        Content-Type: application/octet-stream
        Content-Length: %d

        """
            .formatted(id, id, bodySize)
            .replace("\n", "\r\n");
    var head = text.getBytes(StandardCharsets.US_ASCII);
    var message = new byte[head.length + bodySize];
    System.arraycopy(head, 0, message, 0, head.length);
    System.arraycopy(body, 0, message, head.length, bodySize);
    return Bytes.of(message);
  }

  private static Endpoint endpoint(String text) {
    return Endpoint.parse(text).orElseThrow();
  }
}
