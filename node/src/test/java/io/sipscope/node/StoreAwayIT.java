package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.ingest.Messages;
import io.sipscope.testing.PgServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that stops, hangs, or is away while the node is killed: what the node holds is stored
/// when it is back, and until then the node says how it is.
class StoreAwayIT {
  private static final int IN_FLIGHT = 200;

  /// The spool is written as messages come, not at times of its own.
  private static final long SETTLED_NANOS = 2_000_000_000L;
  private static final int CALLS = 20;
  private static final long SECOND = 1_000_000_000L;

  /// A message a millisecond over TCP, one in ten over UDP besides.
  private static final long PACE = SECOND / 1_000;

  private static String settings(String database, Path folder) {
    return """
    sipscope.store = postgres
    sipscope.postgres.url = "%s"
    sipscope.postgres.user = "%s"
    sipscope.data-dir = "%s"
    sipscope.ingest.in-flight = %d
    sipscope.ingest.spool.bytes = 100 MiB
    """
        .formatted(database, PgServer.USER, folder, IN_FLIGHT);
  }

  /// Sends until it is told to stop; counts what it sent.
  private static final class Agent implements AutoCloseable {
    final AtomicInteger tcp = new AtomicInteger();
    final AtomicInteger udp = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;

    Agent(TestNode node) {
      thread = Thread.ofPlatform().start(() -> send(node));
    }

    private void send(TestNode node) {
      try (var stream = node.hepTcp();
          var datagrams = new DatagramSocket()) {
        for (long next = System.nanoTime(); !stopped.get(); next += PACE) {
          LockSupport.parkNanos(next - System.nanoTime());
          int number = tcp.incrementAndGet();
          stream.getOutputStream().write(hep("tcp", number));
          if (number % 10 == 0) {
            var hep = hep("udp", udp.incrementAndGet());
            datagrams.send(
                new DatagramPacket(
                    hep,
                    hep.length,
                    InetAddress.getLoopbackAddress(),
                    node.node().hepUdpAddress().getPort()));
          }
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    int sent() {
      return tcp.get() + udp.get();
    }

    @Override
    public void close() {
      stopped.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static byte[] hep(String way, int number) {
    return Messages.hep3(
        Messages.options(way + "-" + number % CALLS, number), SECOND + number * 1_000L);
  }

  @Test
  void aDatabaseThatIsDownUnderLoadCostsNothingButTime(@TempDir Path folder) throws Exception {
    try (var server = PgServer.start("fsync=off");
        var node = TestNode.start(settings(server.newDatabase(), folder));
        var agent = new Agent(node)) {
      awaitPersisted(node, 500);
      server.stop();
      assertSaysWithin(5, node, "The store does not answer. ");
      LockSupport.parkNanos(8 * SECOND);
      assertEquals(200, node.get("/alive").statusCode());
      long asked = System.nanoTime();
      assertEquals(503, node.get("/api/dialogs").statusCode());
      assertTrue(System.nanoTime() - asked < 5 * SECOND, "a request waited");
      assertTrue(node.ingestMetrics().get("spooled") > 5_000, node.ingestMetrics()::toString);
      server.startAgain();
      assertAllIsStoredSoon(node, agent, folder);
    }
  }

  @Test
  void aDatabaseThatHangsUnderLoadCostsNothingButTime(@TempDir Path folder) throws Exception {
    try (var server = PgServer.start("fsync=off");
        var node = TestNode.start(settings(server.newDatabase(), folder));
        var agent = new Agent(node)) {
      awaitPersisted(node, 500);
      server.hang();
      try {
        long asked = System.nanoTime();
        assertEquals(503, node.get("/api/dialogs").statusCode());
        assertTrue(System.nanoTime() - asked < 5 * SECOND, "a request waited");
        assertSaysWithin(5, node, "The store does not answer. ");
        LockSupport.parkNanos(4 * SECOND);
        assertEquals(200, node.get("/alive").statusCode());
      } finally {
        server.goOn();
      }
      assertAllIsStoredSoon(node, agent, folder);
    }
  }

  private static void awaitPersisted(TestNode node, int messages) {
    NodeApi.eventually(
        () -> {
          assertTrue(node.ingestMetrics().get("persisted") > messages);
          return true;
        });
  }

  private static void assertSaysWithin(int seconds, TestNode node, String sentence)
      throws Exception {
    long begun = System.nanoTime();
    NodeApi.eventually(
        () -> {
          var ready = node.get("/ready");
          assertEquals(503, ready.statusCode());
          assertTrue(ready.body().startsWith(sentence), ready.body());
          return ready;
        });
    assertTrue(System.nanoTime() - begun < seconds * SECOND, "said late");
  }

  /// The agent goes on for a moment, so that it must catch up under load.
  private static void assertAllIsStoredSoon(TestNode node, Agent agent, Path folder)
      throws Exception {
    long back = System.nanoTime();
    NodeApi.eventually(
        () -> {
          assertEquals(200, node.get("/ready").statusCode());
          assertTrue(node.ingestMetrics().get("in_flight") < IN_FLIGHT);
          return true;
        });
    assertTrue(System.nanoTime() - back < 5 * SECOND, "caught up late");
    agent.close();
    var counted = node.assertConserved(agent.sent());
    assertEquals(agent.sent(), counted.get("persisted"), counted::toString);
    assertEquals(counted.get("spooled"), counted.get("unspooled"), counted::toString);
    assertEquals(0, counted.get("duplicates"), counted::toString);
    NodeApi.eventually(
        () -> {
          assertEquals(List.of(), segments(folder));
          return true;
        });
    assertInOrder(node, "tcp", agent.tcp.get());
    assertInOrder(node, "udp", agent.udp.get());
  }

  private static void assertInOrder(TestNode node, String way, int sent) throws Exception {
    for (int call = 0; call < CALLS; call++) {
      int number = call;
      var wanted = IntStream.rangeClosed(1, sent).filter(i -> i % CALLS == number).boxed().toList();
      var stored =
          node.messages(way + "-" + call)
              .valueStream()
              .sorted((a, b) -> Long.compare(a.path("seq").asLong(), b.path("seq").asLong()))
              .map(message -> message.path("cseq").asInt())
              .toList();
      assertEquals(wanted, stored, way + "-" + call);
    }
  }

  private static List<Path> segments(Path folder) throws IOException {
    try (var files = Files.list(folder.resolve("spool"))) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
  }

  @Test
  void aNodeThatIsKilledMeanwhileStoresWhatItsDiskHasAtTheNextStart(@TempDir Path folder)
      throws Exception {
    int sent = 3_000;
    try (var server = PgServer.start("fsync=off")) {
      var environment =
          Map.of(
              "SIPSCOPE_STORE",
              "postgres",
              "SIPSCOPE_POSTGRES_URL",
              server.newDatabase(),
              "SIPSCOPE_POSTGRES_USER",
              PgServer.USER,
              "SIPSCOPE_INGEST_IN_FLIGHT",
              Integer.toString(IN_FLIGHT));
      long spooled;
      try (var node = NodeProcess.start(folder, NodeProcess.freePorts(), environment);
          var api = node.api();
          var agent = new Socket(InetAddress.getLoopbackAddress(), node.hepPort())) {
        server.stop();
        for (int number = 1; number <= sent; number++) {
          agent.getOutputStream().write(hep("tcp", number));
        }
        spooled = settled(api, sent);
        node.kill();
      }
      var last = segments(folder.resolve("data")).getLast();
      try (var file = FileChannel.open(last, StandardOpenOption.WRITE)) {
        file.truncate(file.size() - 5);
      }
      server.startAgain();
      try (var node = NodeProcess.start(folder, NodeProcess.freePorts(), environment);
          var api = node.api()) {
        var counted = api.assertConserved(spooled - 1);
        assertEquals(spooled - 1, counted.get("persisted"), counted::toString);
        assertEquals(spooled - 1, counted.get("unspooled"), counted::toString);
      } catch (AssertionError e) {
        throw new AssertionError(NodeProcess.log(folder), e);
      }
    }
  }

  /// How many messages are on the disk once no more go there. What one read of the socket brought
  /// is taken in whole, so some more than may be in flight do not go to the disk.
  private static long settled(NodeApi api, int sent) {
    var last = new AtomicLong(-1);
    var since = new AtomicLong();
    return NodeApi.eventually(
        () -> {
          var counted = api.ingestMetrics();
          assertEquals(sent, counted.get("received"), counted::toString);
          long onDisk = counted.get("spooled");
          if (last.getAndSet(onDisk) != onDisk) {
            since.set(System.nanoTime());
          }
          assertTrue(onDisk >= sent / 2, counted::toString);
          assertTrue(System.nanoTime() - since.get() > SETTLED_NANOS, counted::toString);
          return onDisk;
        });
  }
}
