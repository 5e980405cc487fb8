package io.sipscope.node.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.http.captures.CaptureImport;
import io.sipscope.http.connections.TcpConnections;
import io.sipscope.node.ingest.spool.SpoolSettings;
import io.sipscope.node.observed.Registrations;
import io.sipscope.node.profiling.Profiling;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.protocol.dialog.Seen;
import io.sipscope.protocol.hep.HepDecoder;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class IngestTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          "IngestTest",
          ConfigFactory.parseString("pekko.actor.provider = local")
              .withFallback(ConfigFactory.load()));

  private static final IngestSettings SETTINGS =
      new IngestSettings(
          Duration.ofMillis(10),
          64,
          1 << 18,
          1_000,
          1 << 24,
          Duration.ofMillis(200),
          Duration.ofMillis(20),
          Duration.ofMillis(100));

  private final Counters counters = new Counters();
  private final ConcurrentLinkedQueue<String> stored = new ConcurrentLinkedQueue<>();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /// Dialogs that remember nothing and acknowledge what they are given, except that some bursts
  /// are not heard: one in `deaf`, none when that is 0.
  private Behavior<ShardingEnvelope<Dialog.Command>> dialogs(int deaf) {
    return Behaviors.receiveMessage(
        envelope -> {
          if (deaf > 0 && ThreadLocalRandom.current().nextInt(deaf) == 0) {
            return Behaviors.same();
          }
          var observe = assertInstanceOf(Dialog.Observe.class, envelope.message());
          observe.burst().forEach(capture -> stored.add(capture.sip().latin1()));
          var seen = new ArrayList<Seen>();
          observe.burst().forEach(_ -> seen.add(Seen.FIRST));
          observe.replyTo().tell(new Dialog.Ack(1, seen));
          return Behaviors.same();
        });
  }

  private Ingest ingest(int deaf) {
    ActorRef<ShardingEnvelope<Dialog.Command>> region = KIT.spawn(dialogs(deaf));
    return new Ingest(
        KIT.system(),
        SETTINGS,
        SpoolSettings.OFF,
        region,
        () -> false,
        new IngestCounters(counters),
        new io.sipscope.node.observed.Messages(
            counters, Duration.ZERO, new Registrations(counters, System::nanoTime), events()),
        _ -> {},
        new Profiling(events(), System::nanoTime),
        System::nanoTime);
  }

  private long count(String name) {
    return counters.read().getOrDefault(new StatisticName("ingest", name), 0L);
  }

  private void assertEventually(String name, long wanted) {
    KIT.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertEquals(wanted, count(name), name);
              return null;
            });
  }

  private static Events events() {
    return new Events(new EventNames(List.of()), EventDelivery.NOBODY, new Counters(), () -> 0);
  }

  private HepSockets open(Ingest ingest) {
    return HepSockets.open(
        KIT.system(),
        new HepUdpSettings("127.0.0.1", 0, 1, 8 << 20, 10_000, 1 << 24),
        new HepTcpSettings(
            HepTcpSettings.TCP, "127.0.0.1", 0, 4, 4, Duration.ofSeconds(30), Duration.ZERO),
        Optional.empty(),
        ingest,
        new TcpConnections(events()),
        Optional.empty(),
        System::nanoTime);
  }

  private static void send(InetSocketAddress to, byte[]... datagrams) throws Exception {
    try (var socket = new DatagramSocket()) {
      for (var datagram : datagrams) {
        socket.send(new DatagramPacket(datagram, datagram.length, to));
      }
    }
  }

  @Test
  void everyDatagramIsStoredOrCountedUnderItsReason() throws Exception {
    var hep = open(ingest(0));
    send(
        hep.udpAddress(),
        Messages.hep3(Messages.options("a"), 1),
        Messages.hep3(Messages.options("b"), 2),
        Messages.hep3("this is no SIP", 3),
        Messages.hep3(5, "{\"rtcp\":1}", 4),
        new byte[] {1, 2, 3});
    assertEventually("received", 5);
    assertEventually("in_flight", 0);
    assertEquals(2, count("persisted"));
    assertEquals(1, count("dropped_not_sip"));
    assertEquals(5, persistedMalformedAndDropped());
    hep.close();
  }

  private long persistedMalformedAndDropped() {
    return counters.read().entrySet().stream()
        .filter(
            entry ->
                entry.getKey().group().equals("ingest")
                    && (entry.getKey().name().equals("persisted")
                        || entry.getKey().name().startsWith("malformed_")
                        || entry.getKey().name().startsWith("dropped_")))
        .mapToLong(entry -> entry.getValue())
        .sum();
  }

  @Test
  void severalTcpConnectionsAreServedAtOnce() throws Exception {
    var hep = open(ingest(0));
    try (var first = new Socket(InetAddress.getLoopbackAddress(), hep.tcpAddress().getPort());
        var second = new Socket(InetAddress.getLoopbackAddress(), hep.tcpAddress().getPort())) {
      var half = Messages.hep3(Messages.options("first"), 1);
      first.getOutputStream().write(half, 0, 50);
      first.getOutputStream().flush();
      second.getOutputStream().write(Messages.hep3(Messages.options("second"), 1));
      assertEventually("persisted", 1);
      first.getOutputStream().write(half, 50, half.length - 50);
      assertEventually("persisted", 2);
    }
    assertEventually("tcp_connections", 0);
    hep.close();
  }

  @Test
  void aConnectionTooManyIsClosedAndCounted() throws Exception {
    var hep = open(ingest(0));
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < 4; i++) {
      sockets.add(new Socket(InetAddress.getLoopbackAddress(), hep.tcpAddress().getPort()));
    }
    assertEventually("tcp_connections", 4);
    try (var fifth = new Socket(InetAddress.getLoopbackAddress(), hep.tcpAddress().getPort())) {
      fifth.setSoTimeout(10_000);
      assertEquals(-1, fifth.getInputStream().read());
    }
    assertEventually("tcp_connections_refused", 1);
    for (var socket : sockets) {
      socket.close();
    }
    hep.close();
  }

  @Test
  void aConnectionThatSpeaksNoHepIsClosedAndCounted() throws Exception {
    var hep = open(ingest(0));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), hep.tcpAddress().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals(-1, socket.getInputStream().read());
    }
    assertEventually("malformed_not_hep", 1);
    assertEquals(1, count("received"));
    hep.close();
  }

  /// Four agents over TCP while a third of all bursts goes unheard: nothing is lost, nothing is
  /// counted twice, and each agent's order is kept.
  @Test
  void tcpLosesNothingWhenBurstsGoUnheard() throws Exception {
    var hep = open(ingest(3));
    int each = 1_500;
    var done = new CountDownLatch(4);
    for (int agent = 0; agent < 4; agent++) {
      int number = agent;
      Thread.ofPlatform()
          .start(
              () -> {
                try (var socket =
                    new Socket(InetAddress.getLoopbackAddress(), hep.tcpAddress().getPort())) {
                  sendSplit(socket.getOutputStream(), number, each);
                  done.countDown();
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
    }
    assertTrue(done.await(60, SECONDS));
    assertEventually("received", 4L * each);
    assertEventually("in_flight", 0);
    assertEquals(4L * each, count("persisted"));
    assertEquals(4 * each, stored.size());
    assertEquals(4L * each, List.copyOf(stored).stream().distinct().count());
    assertTrue(count("repeated_asks") > 0);
    hep.close();
  }

  private static void sendSplit(OutputStream out, int agent, int messages)
      throws java.io.IOException {
    var random = new Random(agent);
    for (int i = 0; i < messages; i++) {
      var frame = Messages.hep3(Messages.options("call-" + agent + "-" + i % 20, i), i);
      int split = random.nextInt(frame.length);
      out.write(frame, 0, split);
      out.flush();
      out.write(frame, split, frame.length - split);
    }
  }

  @Test
  void whatWasLetInIsStoredBeforeTheDrainCompletes() throws Exception {
    var ingest = ingest(2);
    var hep = open(ingest);
    for (int i = 0; i < 200; i++) {
      send(hep.udpAddress(), Messages.hep3(Messages.options("call-" + i), i));
    }
    assertEventually("received", 200);
    hep.close().toCompletableFuture().get(10, SECONDS);
    ingest.drain().toCompletableFuture().get(20, SECONDS);
    assertEquals(200, stored.size());
    assertEquals(0, ingest.inFlight());
  }

  @Test
  void anUploadThatIsNoCaptureIsRefused() {
    var imports = new PcapSource(KIT.system(), ingest(0), System::nanoTime);
    var text = Source.single(ByteString.fromString("this is no capture file at all"));
    var failure =
        assertThrows(
            ExecutionException.class,
            () -> imports.importCapture(text).toCompletableFuture().get(20, SECONDS));
    assertInstanceOf(CaptureImport.NotACapture.class, failure.getCause());
    assertEquals(0, count("received"));
  }

  @Test
  void anUploadThatBreaksOffFailsAndLeavesNothingInFlight() throws Exception {
    var imports = new PcapSource(KIT.system(), ingest(0), System::nanoTime);
    var broken =
        Source.single(ByteString.fromArray(Pcaps.of(Messages.options("a"), Messages.options("b"))))
            .concat(Source.failed(new java.io.IOException("connection reset")));
    assertThrows(
        ExecutionException.class,
        () -> imports.importCapture(broken).toCompletableFuture().get(20, SECONDS));
    assertEventually("in_flight", 0);
    assertEquals(count("received"), count("persisted"));
  }

  @Test
  void anImportIsAnsweredAfterItsLastMessageIsStored() throws Exception {
    var imports = new PcapSource(KIT.system(), ingest(2), System::nanoTime);
    var sips = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      sips.add(Messages.options("call-" + i % 7, i));
    }
    var file = Pcaps.of(sips.toArray(String[]::new));
    var report =
        imports
            .importCapture(Source.single(ByteString.fromArray(file)))
            .toCompletableFuture()
            .get(30, SECONDS);
    assertEquals(new CaptureImport.Report(300, 300, 7, 0, 0), report);
    assertEquals(300, stored.size());
  }

  @Test
  void hepOverADatagramAndAFrameAreTheSame() {
    var frame = io.sipscope.protocol.Bytes.of(Messages.hep3(Messages.options("a"), 1));
    assertEquals(HepDecoder.decode(frame), HepDecoder.decodeFrame(frame));
  }
}
