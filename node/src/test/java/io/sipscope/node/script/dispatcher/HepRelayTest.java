package io.sipscope.node.script.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.Resolver;
import io.sipscope.node.script.TestWorld;
import io.sipscope.node.trace.DestinationSettings;
import io.sipscope.node.trace.Destinations;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.persistence.trace.TraceDestination.Hep;
import io.sipscope.persistence.trace.TraceDestination.HepTransport;
import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HepRelayTest {
  @TempDir private Path folder;
  private final Counters counters = new Counters();

  private long refused() {
    return counters.read().get(new StatisticName("policy", "script_relays_refused"));
  }

  private Destinations lanes() {
    var settings =
        new DestinationSettings(
            Duration.ofMillis(5),
            100,
            64 << 10,
            10_000,
            8 << 20,
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            folder,
            0,
            Duration.ofMillis(100),
            2001,
            "");
    return new Destinations(settings, counters, Resolver.UNCOUNTED, Clock.systemUTC());
  }

  @Test
  void aMessageIsSentOnAsItWasCaptured() throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    try (var lanes = lanes();
        var socket = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      socket.setSoTimeout(30_000);
      var relay = new HepRelay(lanes, counters);
      var subject = TestWorld.subject("OPTIONS sip:a@b SIP/2.0\nCall-ID: c1\n\n");
      assertTrue(relay.relay(subject, "sip:x@127.0.0.1:" + socket.getLocalPort() + ";lr"));
      var packet = new DatagramPacket(new byte[2_000], 2_000);
      socket.receive(packet);
      var bytes = Bytes.of(packet.getData(), 0, packet.getLength());
      var text = bytes.latin1();
      assertEquals("HEP3", text.substring(0, 4));
      assertTrue(text.contains("OPTIONS sip:a@b SIP/2.0\r\nCall-ID: c1\r\n"));
    }
  }

  @Test
  void whatIsNoDestinationIsRefused() {
    try (var lanes = lanes()) {
      var relay = new HepRelay(lanes, counters);
      var subject = TestWorld.subject("OPTIONS sip:a@b SIP/2.0\n\n");
      for (var wrong : List.of("", "nose", "sip:", "hep:10.0.0.1", "sip:h:99999", "sip:[::1")) {
        assertFalse(relay.relay(subject, wrong), wrong);
      }
      assertEquals(6, refused());
    }
  }

  @Test
  void noMoreLanesAreBegunThanTheBound() {
    try (var lanes = lanes()) {
      var relay = new HepRelay(lanes, counters);
      relay.prepare(
          IntStream.range(0, HepRelay.MAX_DESTINATIONS)
              .mapToObj(number -> "sip:127.0.0.1:" + (20_000 + number))
              .toList());
      var subject = TestWorld.subject("OPTIONS sip:a@b SIP/2.0\n\n");
      assertFalse(relay.relay(subject, "sip:127.0.0.1:1"));
      assertEquals(1, refused());
      assertTrue(relay.relay(subject, "sip:127.0.0.1:20000"));
    }
  }

  @Test
  void theTransportIsThatOfTheUri() {
    assertEquals(
        Optional.of(new Hep("10.0.0.1", 9060, HepTransport.UDP, 3)),
        HepRelay.destination("sip:10.0.0.1"));
    assertEquals(
        Optional.of(new Hep("10.0.0.1", 9061, HepTransport.TCP, 3)),
        HepRelay.destination("sip:u@10.0.0.1:9061;lr;transport=tcp"));
    assertInstanceOf(Hep.class, HepRelay.destination("sips:h;transport=tls").orElseThrow());
  }
}
