package io.sipscope.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.bench.SipReader.Unreadable;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.HepDecoder;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.Walk;
import io.sipscope.protocol.pcap.CaptureFile;
import io.sipscope.protocol.pcap.Pcap;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallTest {

  static IntStream messages() {
    return IntStream.range(0, Call.MESSAGES);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageIsSipWithNothingToComplainOf(int message) {
    var bytes = Bytes.of(Call.message(message, "run", 7));
    var sip = assertInstanceOf(SipMessage.class, SipParser.parse(bytes));
    assertEquals(List.of(), sip.defects());
    assertEquals("run-7@192.0.2.10", sip.callId().text());
    assertEquals(sip.header("Content-Length").orElseThrow(), "" + sip.body().length());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyParserReadsTheSameCallId(int message) throws Unreadable {
    var bytes = Call.message(message, "run", 7);
    for (var parser : SipReader.values()) {
      assertEquals("run-7@192.0.2.10", parser.callId(bytes), parser.name());
    }
  }

  @Test
  void twoCallsAreTwoDialogs() {
    assertNotEquals(Call.callId("run", 1), Call.callId("run", 2));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aHepFrameHoldsItsMessage(int message) {
    var sip = Call.message(message, "run", 7);
    var frame = Frames.hep3(message, sip, 1_795_224_896_000_000_123L);
    var packet = assertInstanceOf(Hep.Packet.class, HepDecoder.decode(frame));
    assertEquals(Bytes.of(sip), packet.payload());
    assertEquals(1_795_224_896_000_000_000L, packet.time().orElseThrow() / 1_000_000 * 1_000_000);
    assertEquals(
        Call.isToCallee(message) ? "198.51.100.5:5060" : "203.0.113.20:5060",
        packet.source().toString());
  }

  @Test
  void aCaptureFileHoldsItsMessages() throws IOException {
    var file = new ByteArrayOutputStream();
    file.writeBytes(Frames.pcapHead());
    messages()
        .forEach(i -> file.writeBytes(Frames.pcapRecord(i, Call.message(i, "run", 7), 5 + i)));
    var found = new ArrayList<Found>();
    var walk = new Walk();
    try (var capture = CaptureFile.open(new ByteArrayInputStream(file.toByteArray()))) {
      while (capture.next() instanceof Pcap.Frame frame) {
        walk.accept(frame, found::add);
      }
    }
    walk.finish(found::add);
    assertEquals(Call.MESSAGES, found.size());
    var last = assertInstanceOf(Found.Message.class, found.getLast());
    assertEquals(5 + Call.MESSAGES - 1, last.time());
    assertEquals(Bytes.of(Call.message(Call.MESSAGES - 1, "run", 7)), last.sip());
    assertTrue(last.source().toString().startsWith("203.0.113.20"));
  }
}
