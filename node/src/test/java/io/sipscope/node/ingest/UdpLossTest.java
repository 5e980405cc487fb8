package io.sipscope.node.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.agents.AgentSettings;
import io.sipscope.node.agents.Agents;
import io.sipscope.node.profiling.Profiling;
import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class UdpLossTest {
  private final Counters counters = new Counters();

  private long count(String name) {
    return counters.read().getOrDefault(new StatisticName("ingest", name), 0L);
  }

  private static void send(InetSocketAddress to, int datagrams, int size) throws Exception {
    try (var socket = new DatagramSocket()) {
      for (int i = 0; i < datagrams; i++) {
        socket.send(new DatagramPacket(new byte[size], size, to));
      }
    }
  }

  @Test
  void whatFindsTheQueueFullIsCountedAndTheRestArrives() throws Exception {
    var kit = ActorTestKit.create();
    try {
      var settings = new HepUdpSettings("127.0.0.1", 0, 2, 8 << 20, 10, 1 << 20);
      var sockets = UdpSockets.bind(settings);
      var events =
          new Events(new EventNames(List.of()), EventDelivery.NOBODY, counters, System::nanoTime);
      var agents = new Agents(counters, AgentSettings.OPEN, events);
      var source =
          new HepUdpSource(
              sockets,
              settings,
              new IngestCounters(counters),
              agents,
              new Profiling(events, System::nanoTime),
              System::nanoTime);
      // Nobody asks for datagrams yet: the queue holds ten of them, the stream at most one batch.
      var probe = Source.fromGraph(source).toMat(Sink.queue(), Keep.right()).run(kit.system());
      send(sockets.address(), 200, 100);
      kit.createTestProbe()
          .awaitAssert(
              Duration.ofSeconds(10),
              () -> {
                assertEquals(200, count("received"));
                return null;
              });
      long dropped = count("dropped_queue_full");
      assertTrue(dropped > 0, "none was dropped");
      source.stop();
      long arrived = 0;
      var batch = probe.pull().toCompletableFuture().get(10, TimeUnit.SECONDS);
      while (batch.isPresent()) {
        arrived += batch.get().size();
        batch = probe.pull().toCompletableFuture().get(10, TimeUnit.SECONDS);
      }
      assertEquals(200, arrived + dropped);
      assertEquals(arrived, count("in_flight"));
    } finally {
      kit.shutdownTestKit();
    }
  }

  @Test
  void whatTheKernelThrowsAwayIsCountedToTheLast() throws Exception {
    Assumptions.assumeTrue(
        Files.isReadable(Path.of("/proc/net/udp")), "the kernel tells of its drops on Linux only");
    try (var channel = DatagramChannel.open()) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      var address = (InetSocketAddress) channel.getLocalAddress();
      var drops = new KernelDrops(address.getPort());
      assertEquals(0, drops.more());
      send(address, 500, 200);
      channel.configureBlocking(false);
      int read = 0;
      var buffer = java.nio.ByteBuffer.allocate(1_000);
      while (channel.receive(buffer.clear()) != null) {
        read++;
      }
      assertTrue(read < 500, "the buffer held them all");
      assertEquals(500 - read, drops.more());
      assertEquals(0, drops.more());
    }
  }

  @Test
  void otherSocketsDropsAreNotOurs() {
    var drops = new KernelDrops(0x2364);
    assertEquals(
        List.of(0L, 0L, 0L),
        List.of(
                "  12: 0100007F:2364 00000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 1"
                    + " 2 0 9",
                "sl local_address",
                "")
            .stream()
            .map(drops::moreInRow)
            .toList());
  }
}
