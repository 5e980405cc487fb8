package io.sipscope.http.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.HepDecoder;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HepStreamTest {
  private static final Endpoint A = Endpoint.parse("192.0.2.1:5060").orElseThrow();
  private static final Endpoint B = Endpoint.parse("192.0.2.2:5060").orElseThrow();

  @Test
  void aLargeMessageIsCompressedAndComesBackWhole() {
    var sip = Bytes.of("INVITE sip:b@example.com SIP/2.0\r\n" + "X: y\r\n".repeat(20_000) + "\r\n");
    assertEquals(sip, packet(capture(1, sip)).payload());
  }

  @Test
  void whatFitsNoFrameIsAFrameWithoutPayload() {
    var noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    var packet = packet(capture(1_500, Bytes.of(noise)));
    assertEquals(Bytes.EMPTY, packet.payload());
    assertEquals(1_000, packet.time().orElseThrow());
    assertEquals(B, packet.destination());
  }

  @Test
  void timesBeyondTheFormatAreItsFirstAndItsLast() {
    assertEquals(0, packet(capture(-5, Bytes.of("x"))).time().orElseThrow());
    assertEquals(
        0xffff_ffffL * 1_000_000_000,
        packet(capture(Long.MAX_VALUE, Bytes.of("x"))).time().orElseThrow());
  }

  private static Capture capture(long time, Bytes sip) {
    return new Capture(0, time, Transport.TCP, A, B, Agent.NONE, "", SourceKind.PCAP, sip);
  }

  private static Hep.Packet packet(Capture capture) {
    var frame = Bytes.of(HepStream.frame(capture).toArray());
    return assertInstanceOf(Hep.Packet.class, HepDecoder.decodeFrame(frame));
  }
}
