package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.NodeApi;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.TraceDestination.Hep;
import io.sipscope.persistence.trace.TraceDestination.HepTransport;
import io.sipscope.persistence.trace.TraceDestination.Sip;
import io.sipscope.persistence.trace.TraceTarget;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.hep.HepDecoder;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HepDestinationTest {
  private static final String LOOPBACK = "127.0.0.1";

  @TempDir private Path folder;
  private final Counters counters = new Counters();

  private Destinations destinations(long spool) {
    return Traced.destinations(Traced.settings(folder, spool), counters);
  }

  private static Hep tcp(int port) {
    return new Hep(LOOPBACK, port, HepTransport.TCP, 3);
  }

  private static DatagramSocket socket() throws IOException {
    var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static Bytes received(DatagramSocket socket) throws IOException {
    var packet = new DatagramPacket(new byte[65_536], 65_536);
    socket.receive(packet);
    return Bytes.of(packet.getData(), 0, packet.getLength());
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static void eventually(Runnable check) {
    NodeApi.eventually(
        () -> {
          check.run();
          return true;
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aDatagramOfEachVersionSaysWhatWasCaptured(int version) throws IOException {
    try (var socket = socket();
        var destinations = destinations(0)) {
      var hep = new Hep(LOOPBACK, socket.getLocalPort(), HepTransport.UDP, version);
      destinations.targets(Traced.targets(hep));
      destinations.trace(Traced.message(3));
      var packet = assertInstanceOf(Packet.class, HepDecoder.decode(received(socket)));
      long micros = Traced.capture(3).time() / 1_000 * 1_000;
      assertEquals(version, packet.version());
      assertEquals("10.0.0.1:5060", packet.source().toString());
      assertEquals("10.0.0.2:5070", packet.destination().toString());
      assertEquals(Traced.capture(3).sip(), packet.payload());
      assertEquals(version == 1 ? OptionalLong.empty() : OptionalLong.of(micros), packet.time());
      assertEquals(version == 1 ? 0 : 2001, packet.agent().id());
      assertEquals(version == 3 ? "call-3" : "", packet.correlationId());
    }
  }

  @Test
  void aSipDestinationGetsTheBytesAndNothingElse() throws IOException {
    try (var socket = socket();
        var destinations = destinations(0)) {
      destinations.targets(Traced.targets(new Sip(LOOPBACK, socket.getLocalPort())));
      destinations.trace(Traced.message(1));
      assertEquals(Traced.capture(1).sip(), received(socket));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatIsLargerThanItsFrameIsDroppedAndCountedAndTheNextGoes(int version) throws IOException {
    try (var socket = socket();
        var destinations = destinations(0)) {
      var hep = new Hep(LOOPBACK, socket.getLocalPort(), HepTransport.UDP, version);
      destinations.targets(Traced.targets(hep));
      destinations.trace(Traced.message(large(65_500), "large", "OPTIONS", ""));
      destinations.trace(Traced.message(2));
      var packet = assertInstanceOf(Packet.class, HepDecoder.decode(received(socket)));
      assertEquals(2, Receiver.number(packet.payload()));
      Traced.eventually(counters, "sent", 1);
      assertEquals(1, Traced.count(counters, "dropped_refused"));
    }
  }

  private static Capture large(int size) {
    var small = Traced.capture(1);
    var sip = new byte[size];
    small.sip().copyTo(sip, 0);
    return new Capture(
        small.receivedAt(),
        small.time(),
        small.transport(),
        small.source(),
        small.destination(),
        small.agent(),
        small.correlationId(),
        small.kind(),
        Bytes.of(sip));
  }

  @Test
  void severalDestinationsOfOneIdGetEveryMessageInItsOrder() throws IOException {
    try (var first = Receiver.on(0);
        var second = Receiver.on(0);
        var destinations = destinations(0)) {
      destinations.targets(
          List.of(Traced.target(tcp(first.port())), Traced.target(tcp(second.port()))));
      Traced.trace(destinations, 0, 2_000);
      eventually(() -> assertEquals(range(0, 2_000), first.numbers()));
      eventually(() -> assertEquals(range(0, 2_000), second.numbers()));
      assertEquals(1, first.connections());
    }
  }

  @Test
  void aReceiverThatGoesAwayAndComesBackGetsWhatCameMeanwhileInItsOrder() throws IOException {
    try (var destinations = destinations(Traced.ROOM)) {
      int port;
      try (var receiver = Receiver.on(0)) {
        port = receiver.port();
        destinations.targets(Traced.targets(tcp(port)));
        Traced.trace(destinations, 0, 500);
        eventually(() -> assertEquals(range(0, 500), receiver.numbers()));
      }
      eventually(() -> assertFalse(destinations.states().getFirst().up()));
      long before = Traced.count(counters, "spooled"); // the first ones may have come too early
      Traced.trace(destinations, 500, 5_000);
      NodeApi.eventually(
          () -> {
            assertEquals(before + 4_500, Traced.count(counters, "spooled"));
            return true;
          });
      assertTrue(destinations.states().getFirst().trouble().contains("connect"));
      try (var again = Receiver.on(port)) {
        eventually(() -> assertEquals(range(500, 5_000), again.numbers()));
        Traced.trace(destinations, 5_000, 5_100);
        eventually(() -> assertEquals(range(500, 5_100), again.numbers()));
      }
      assertEquals(5_100, Traced.count(counters, "sent"));
      assertEquals(0, Traced.count(counters, "dropped"));
      assertEquals(0, destinations.states().getFirst().spoolBytes());
    }
  }

  @Test
  void aReceiverThatResetsGetsTheLastMessagesAgainRatherThanNot() throws IOException {
    try (var receiver = Receiver.on(0);
        var destinations = destinations(Traced.ROOM)) {
      destinations.targets(Traced.targets(tcp(receiver.port())));
      for (int i = 0; i < 20; i++) {
        Traced.trace(destinations, i * 100, i * 100 + 100);
        int last = i * 100 + 99;
        eventually(() -> assertTrue(receiver.numbers().contains(last)));
        receiver.reset();
      }
      eventually(
          () -> assertEquals(new TreeSet<>(range(0, 2_000)), new TreeSet<>(receiver.numbers())));
      assertEquals(2_000, Traced.count(counters, "sent"));
    }
  }

  @Test
  void aReceiverThatNeverReadsCostsNobodyTimeAndFillsTheDiskOnly() throws IOException {
    try (var receiver = Receiver.thatNeverReads();
        var destinations = destinations(Traced.ROOM)) {
      destinations.targets(Traced.targets(tcp(receiver.port())));
      long start = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        Traced.trace(destinations, i * 200, i * 200 + 200);
        int traced = i * 200 + 200;
        eventually(
            () -> assertTrue(destinations.states().getFirst().queued() < 5_000, "" + traced));
      }
      assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
      eventually(() -> assertTrue(receiver.connections() > 1, "the connection counts as dead"));
      assertTrue(destinations.states().getFirst().spoolBytes() > 1 << 20);
      assertEquals(0, Traced.count(counters, "dropped"));
    }
  }

  @Test
  void whatFindsNoRoomIsDroppedAndCountedAndTheRestIsInOrder() throws IOException {
    int port;
    try (var receiver = Receiver.on(0)) {
      port = receiver.port();
    }
    try (var destinations = destinations(0)) {
      destinations.targets(Traced.targets(tcp(port)));
      Traced.trace(destinations, 0, 20_000);
      assertTrue(Traced.count(counters, "dropped_no_room") >= 20_000 - 10_100);
      long dropped = Traced.count(counters, "dropped");
      try (var receiver = Receiver.on(port)) {
        eventually(() -> assertEquals(20_000 - dropped, receiver.numbers().size()));
        assertEquals(receiver.numbers().stream().sorted().toList(), receiver.numbers());
      }
    }
  }

  @Test
  void aDynamicTraceDialsOutAtOnceAndIsLetGoAtOnce() throws IOException {
    try (var receiver = Receiver.on(0);
        var destinations = destinations(Traced.ROOM)) {
      destinations.targets(
          List.of(new TraceTarget(Traced.ID, "hep:x", tcp(receiver.port()), true)));
      eventually(() -> assertEquals(1, receiver.connections()));
      Traced.trace(destinations, 0, 10);
      eventually(() -> assertEquals(range(0, 10), receiver.numbers()));
      destinations.targets(List.of());
      assertEquals(List.of(), destinations.states());
      Traced.trace(destinations, 10, 20);
      assertEquals(range(0, 10), receiver.numbers());
    }
  }

  @Test
  void aDynamicTraceWhoseClientWentAwayIsTriedUntilItIsStoppedAndKeepsNothingOnTheDisk()
      throws IOException {
    int port;
    try (var receiver = Receiver.on(0)) {
      port = receiver.port();
    }
    try (var destinations = destinations(Traced.ROOM)) {
      destinations.targets(List.of(new TraceTarget(Traced.ID, "hep:x", tcp(port), true)));
      Traced.trace(destinations, 0, 10);
      eventually(() -> assertFalse(destinations.states().getFirst().trouble().isEmpty()));
      try (var receiver = Receiver.on(port)) {
        eventually(() -> assertEquals(range(0, 10), receiver.numbers()));
      }
      assertEquals(List.of(), List.of(folder.toFile().list()));
    }
  }

  @Test
  void whatIsLeftAtAStopGoesFirstAtTheNextStart() throws IOException {
    int port;
    try (var receiver = Receiver.on(0)) {
      port = receiver.port();
    }
    try (var destinations = destinations(Traced.ROOM)) {
      destinations.targets(Traced.targets(tcp(port)));
      Traced.trace(destinations, 0, 300);
    }
    assertEquals(300, Traced.count(counters, "spooled"));
    try (var receiver = Receiver.on(port);
        var destinations = destinations(Traced.ROOM)) {
      destinations.targets(Traced.targets(tcp(port)));
      Traced.trace(destinations, 300, 400);
      eventually(() -> assertEquals(range(0, 400), receiver.numbers()));
    }
  }
}
