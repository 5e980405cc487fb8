package io.sipscope.protocol.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Nanos;
import io.sipscope.protocol.net.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayReaderTest {
  private static final String SIP =
      """
      OPTIONS sip:bob@example.com SIP/2.0
      Via: SIP/2.0/TCP 192.0.2.7:5080;branch=z9hG4bK1
      From: <sip:alice@example.com>;tag=1
      To: <sip:bob@example.com>
      Call-ID: relayed@example.com
      CSeq: 1 OPTIONS
      Content-Length: 0

      """
          .replace("\n", "\r\n");

  private static final String RESPONSE =
      SIP.replace("OPTIONS sip:bob@example.com SIP/2.0", "SIP/2.0 200 OK");

  private static final Bytes BYTES = Bytes.of(SIP);

  /// As JSON writes a text.
  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "\\r").replace("\n", "\\n")
        + '"';
  }

  private static Relayed.Message one(List<Relayed> read) {
    assertEquals(1, read.size(), read::toString);
    return assertInstanceOf(Relayed.Message.class, read.getFirst());
  }

  private static Relayed.Message message(String text) {
    return one(RelayReader.read(Bytes.of(text)));
  }

  private static Relayed.Malformed malformed(String text) {
    var read = RelayReader.read(Bytes.of(text));
    assertEquals(1, read.size(), read::toString);
    return assertInstanceOf(Relayed.Malformed.class, read.getFirst());
  }

  @Test
  void aMessageAsItIsNeedsNoJson() {
    var message = message(SIP);
    assertEquals(BYTES, message.sip());
    assertEquals(OptionalLong.empty(), message.time());
    assertEquals(Transport.TCP, message.transport(), "of the first Via");
    assertEquals("192.0.2.7:5080", message.source().toString(), "of the first Via");
    assertEquals("0.0.0.0:0", message.destination().toString(), "not known");
  }

  @Test
  void theFirstViaOfAResponseSaysWhereItGoes() {
    var message = message(RESPONSE.replace("branch", "received=198.51.100.1;rport=40000;branch"));
    assertEquals("0.0.0.0:0", message.source().toString());
    assertEquals("198.51.100.1:40000", message.destination().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "raw",
        "payload",
        "message",
        "sip",
        "data",
        "rawMessage",
        "sip_message",
        "raw_message"
      })
  void theMessageIsFoundUnderManyNames(String name) {
    var message =
        message(
            "{\"srcIp\":\"192.0.2.1\",\"srcPort\":5062,\"dstIp\":\"192.0.2.2\",\"dstPort\":\"5063\","
                + "\"transport\":\"UDP\",\"timestamp\":1795217439.657367123,\""
                + name
                + "\":"
                + quoted(SIP)
                + "}");
    assertEquals(BYTES, message.sip());
    assertEquals("192.0.2.1:5062", message.source().toString());
    assertEquals("192.0.2.2:5063", message.destination().toString());
    assertEquals(Transport.UDP, message.transport());
    assertEquals(OptionalLong.of(1_795_217_439_657_367_123L), message.time());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          srcIp,        dstIp
          src_ip,       dst_ip
          source_ip,    destination_ip
          sourceIp,     destIp
          srcAddr,      dstAddr
          from_ip,      to_ip
          src,          dst
          source,       destination
          source.ip,    destination.ip
          """)
  void addressesAreFoundUnderManyNamesWithOrWithoutPort(String source, String destination) {
    var record =
        "{\"%s\":\"%s\",\"%s\":\"%s\",\"raw\":%s}"
            .formatted(source, "[2001:db8::1]:5070", destination, "2001:db8::2", quoted(SIP));
    var message = message(record);
    assertEquals("[2001:db8::1]:5070", message.source().toString());
    assertEquals("[2001:db8::2]:5060", message.destination().toString(), "5060 where none is said");
  }

  @Test
  void addressesMayBeObjects() {
    var message =
        message(
            "{\"source\":{\"ip\":\"192.0.2.1\",\"port\":5062},"
                + "\"destination\":{\"address\":\"192.0.2.2\",\"port\":5063},\"raw\":"
                + quoted(SIP)
                + "}");
    assertEquals("192.0.2.1:5062", message.source().toString());
    assertEquals("192.0.2.2:5063", message.destination().toString());
  }

  /// As HOMER's `hepsub` and heplify write them.
  @Test
  void secondsAndMicrosecondsApartAreOneTime() {
    var message =
        message(
            "{\"protocol_header\":{\"protocol\":17,\"srcIp\":\"192.0.2.1\",\"srcPort\":5062,"
                + "\"dstIp\":\"192.0.2.2\",\"dstPort\":5063,\"timeSeconds\":1795217439,"
                + "\"timeUseconds\":657367,\"captureId\":2001},\"raw\":"
                + quoted(SIP)
                + "}");
    assertEquals(OptionalLong.of(1_795_217_439_657_367_000L), message.time());
    assertEquals("192.0.2.1:5062", message.source().toString());
    assertEquals(Transport.UDP, message.transport());
    assertEquals(new Agent(2001, ""), message.agent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1795217439                              | 2026-11-20T23:30:39Z
          1795217439.5                            | 2026-11-20T23:30:39.5Z
          1795217439657                           | 2026-11-20T23:30:39.657Z
          1795217439657367                        | 2026-11-20T23:30:39.657367Z
          1795217439657367123                     | 2026-11-20T23:30:39.657367123Z
          "1795217439657"                         | 2026-11-20T23:30:39.657Z
          "2026-11-21T17:00:00.25Z"               | 2026-11-21T17:00:00.25Z
          "2026-11-21T18:00:00+01:00"             | 2026-11-21T17:00:00Z
          "2026-11-21T12:00:00-0500"              | 2026-11-21T17:00:00Z
          "2026-11-21 17:00:00"                   | 2026-11-21T17:00:00Z
          "2026-11-21 17:00:00.123456 UTC"        | 2026-11-21T17:00:00.123456Z
          "Nov 21, 2026 17:00:00.123456789 UTC"   | 2026-11-21T17:00:00.123456789Z
          "Nov  1, 2026 17:00:00.000000001 UTC"   | 2026-11-01T17:00:00.000000001Z
          """)
  void timesAreReadInManyForms(String written, Instant time) {
    for (var name : List.of("timestamp", "time", "ts", "@timestamp")) {
      var message = message("{\"" + name + "\":" + written + ",\"raw\":" + quoted(SIP) + "}");
      assertEquals(OptionalLong.of(Nanos.of(time)), message.time(), name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"10:42:57.000\"",
        "\"yesterday\"",
        "-5",
        "0",
        "1e400",
        "99999999999999999999999999",
        "\"2026-13-45T00:00:00Z\"",
        "\"9999-01-01T00:00:00Z\"",
        "\"Nov 21, 2026 17:00:00 CET\"",
        "null",
        "true",
        "[]",
        "{}"
      })
  void aTimeThatIsNoneIsNotKnown(String written) {
    var message = message("{\"timestamp\":" + written + ",\"raw\":" + quoted(SIP) + "}");
    assertEquals(OptionalLong.empty(), message.time());
    assertEquals(BYTES, message.sip());
  }

  @Test
  void base64IsDecodedWhereItIsSaidAndWhereItIsSeen() {
    var encoder = Base64.getEncoder();
    var latin = (SIP + "Gr\u00fc\u00dfe").getBytes(StandardCharsets.ISO_8859_1);
    var coded = encoder.encodeToString(latin);
    for (var record :
        List.of(
            "{\"payload_base64\":\"" + coded + "\"}",
            "{\"rawBase64\":\"" + coded + "\"}",
            "{\"encoding\":\"base64\",\"payload\":\"" + coded + "\"}",
            "{\"payload\":\"" + coded + "\"}",
            "{\"raw\":\""
                + Base64.getMimeEncoder().encodeToString(latin).replace("\r\n", "\\n")
                + "\"}",
            "{\"raw\":\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(latin) + "\"}",
            "\"" + coded + "\"",
            coded)) {
      assertEquals(Bytes.of(latin), message(record).sip(), record);
    }
  }

  @Test
  void hexadecimalIsDecodedToo() {
    assertEquals(
        BYTES, message("{\"raw\":\"" + HexFormat.of().formatHex(BYTES.toArray()) + "\"}").sip());
  }

  @Test
  void nothingIsMended() {
    var lineFeeds = SIP.replace("\r\n", "\n");
    assertEquals(Bytes.of(lineFeeds), message("{\"raw\":" + quoted(lineFeeds) + "}").sip());
    var letters = SIP.replace("\r\n", "\\r\\n");
    assertEquals("start-line", malformed("{\"raw\":" + quoted(letters) + "}").reason());
  }

  @Test
  void bytesThatAreNoUtf8PassThroughJson() {
    var sip = (SIP + "\u00ff\u00fe").getBytes(StandardCharsets.ISO_8859_1);
    var record =
        ("{\"raw\":" + quoted(SIP + "\u00ff\u00fe") + "}").getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(Bytes.of(sip), one(RelayReader.read(Bytes.of(record))).sip());
  }

  @Test
  void escapesOfCharactersBecomeUtf8() {
    var record =
        "{\"raw\":" + quoted(SIP + "caf").replace("caf\"", "caf\\u00e9 \\ud83d\\ude00\"") + "}";
    assertEquals(Bytes.of(SIP + "café 😀"), message(record).sip());
  }

  /// What Callytics publishes to its channel of SIP traffic.
  @Test
  void whatCallyticsPublishesIsRead() {
    var message =
        message(
            "{\"callId\":\"relayed@example.com\",\"timestamp\":\"2026-04-21T20:00:00.000Z\","
                + "\"method\":\"OPTIONS\",\"from\":\"<sip:alice@example.com>\","
                + "\"to\":\"<sip:bob@example.com>\",\"direction\":\"inbound\","
                + "\"responseCode\":null,\"rawMessage\":"
                + quoted(SIP.replace("\r\n", "\n"))
                + "}");
    assertEquals(Bytes.of(SIP.replace("\r\n", "\n")), message.sip());
    assertEquals("192.0.2.7:5080", message.source().toString());
    assertEquals(OptionalLong.of(Nanos.of(Instant.parse("2026-04-21T20:00:00Z"))), message.time());
  }

  @Test
  void linesOfALogBeforeTheMessageAreLeftAwayAndSayWhoSentIt() {
    var received =
        message(
            "{\"rawMessage\":"
                + quoted(
                    "<--- Received SIP request (471 bytes) from TCP:198.51.100.4:5066 --->\n" + SIP)
                + "}");
    assertEquals(BYTES, received.sip());
    assertEquals("198.51.100.4:5066", received.source().toString());
    assertEquals(Transport.TCP, received.transport());
    var sent =
        message(
            "<--- Transmitting SIP response (471 bytes) to UDP:[2001:db8::1]:5066 --->"
                + "\n".repeat(2)
                + RESPONSE);
    assertEquals(Bytes.of(RESPONSE), sent.sip());
    assertEquals("[2001:db8::1]:5066", sent.destination().toString());
    assertEquals(Transport.UDP, sent.transport());
    assertEquals(BYTES, message("{\"raw\":" + quoted("Transmitting\n" + SIP) + "}").sip());
    assertEquals("start-line", malformed("line\n".repeat(5) + SIP).reason());
  }

  /// What its sidecar adds to the stream: a time of day, and tshark's JSON as text.
  @Test
  void whatCallyticsAddsToItsStreamIsRead() {
    var payload = HexFormat.ofDelimiter(":").formatHex(BYTES.toArray());
    var entry =
        Map.of(
            "timestamp", Bytes.of("10:42:57.000"),
            "method", Bytes.of("OPTIONS"),
            "from", Bytes.of("<sip:alice@example.com>"),
            "to", Bytes.of("<sip:bob@example.com>"),
            "callId", Bytes.of("relayed@example.com"),
            "direction", Bytes.of("in"),
            "statusCode", Bytes.EMPTY,
            "rawJson",
                Bytes.of(
                    "{\"timestamp\":\"1487357972761\",\"layers\":{\"frame\":"
                        + "{\"frame_frame_time_epoch\":\"1487357972.761367000\"},\"ip\":"
                        + "{\"ip_ip_src\":\"192.0.2.1\",\"ip_ip_dst\":\"192.0.2.2\"},\"udp\":"
                        + "{\"udp_udp_srcport\":\"5060\",\"udp_udp_dstport\":\"5080\","
                        + "\"udp_udp_payload\":\""
                        + payload
                        + "\"},\"sip\":{\"sip_sip_Method\":\"OPTIONS\"}}}"));
    var message = one(RelayReader.read(entry));
    assertEquals(BYTES, message.sip());
    assertEquals("192.0.2.1:5060", message.source().toString());
    assertEquals("192.0.2.2:5080", message.destination().toString());
    assertEquals(Transport.UDP, message.transport());
    assertEquals(OptionalLong.of(1_487_357_972_761_367_000L), message.time());
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "json", "message", "payload", "rawJson"})
  void aStreamsEntryMayHaveItAllInOneField(String name) {
    var record =
        "{\"src_ip\":\"192.0.2.1\",\"src_port\":5062,\"ts\":1795217439,\"raw\":"
            + quoted(SIP)
            + "}";
    var message = one(RelayReader.read(Map.of(name, Bytes.of(record))));
    assertEquals(BYTES, message.sip());
    assertEquals("192.0.2.1:5062", message.source().toString());
  }

  @Test
  void aRecordWithinAnotherHasWhatTheOuterSays() {
    var entry =
        Map.of(
            "src_ip", Bytes.of("192.0.2.1"),
            "timestamp", Bytes.of("1795217439"),
            "data", Bytes.of("{\"dst_ip\":\"192.0.2.2\",\"raw\":" + quoted(SIP) + "}"));
    var message = one(RelayReader.read(entry));
    assertEquals("192.0.2.1:5060", message.source().toString());
    assertEquals("192.0.2.2:5060", message.destination().toString());
    assertEquals(OptionalLong.of(1_795_217_439_000_000_000L), message.time());
  }

  @Test
  void recordsMayComeAsLinesAndInArrays() {
    var record = "{\"raw\":" + quoted(SIP) + "}";
    for (var several :
        List.of(
            record + "\n" + record + "\n",
            "[" + record + "," + record + "]",
            "{\"index\":{\"_index\":\"packets\",\"_type\":\"doc\"}}\n"
                + record
                + "\n"
                + "{\"index\":{\"_index\":\"packets\",\"_type\":\"doc\"}}\n"
                + record)) {
      var read = RelayReader.read(Bytes.of(several));
      assertEquals(2, read.size(), several);
      assertTrue(read.stream().allMatch(Relayed.Message.class::isInstance), read::toString);
    }
  }

  @Test
  void aPacketOfAnotherProtocolIsNoSip() {
    var read =
        RelayReader.read(
            Bytes.of("{\"layers\":{\"ip\":{\"ip_ip_src\":\"192.0.2.1\"},\"dns\":{\"x\":\"y\"}}}"));
    assertEquals(List.of(new Relayed.NotSip()), read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":                                      | json
          {"raw":"\\ud800"}                          | json
          [1,2                                       | json
          {}                                         | no-message
          []x                                        | json
          [42]                                       | no-message
          {"callId":"x","method":"INVITE"}           | no-message
          {"payload_base64":"!!!"}                   | encoding
          {"encoding":"hex","raw":"xyz"}             | encoding
          {"raw":"hello"}                            | start-line
          hello                                      | start-line
          """)
  void whatCannotBeReadIsMalformedForAReason(String text, String reason) {
    assertEquals(reason, malformed(text).reason());
  }

  @Test
  void depthSizeAndNestingHaveBounds() {
    assertEquals("json", malformed("[".repeat(100_000)).reason());
    assertEquals("json", malformed("{\"a\":".repeat(100_000)).reason());
    assertEquals("json", malformed("[" + "1,".repeat(400_000) + "1]").reason());
    var large = RelayReader.read(Bytes.of(new byte[RelayReader.MAX_BYTES + 1]));
    assertEquals("too-large", ((Relayed.Malformed) large.getFirst()).reason());
    var nested = quoted(SIP);
    for (int i = 0; i < 10; i++) {
      nested = quoted("{\"data\":" + nested + "}");
    }
    assertInstanceOf(Relayed.Malformed.class, RelayReader.read(Bytes.of(nested)).getFirst());
  }
}
