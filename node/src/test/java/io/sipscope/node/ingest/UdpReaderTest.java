package io.sipscope.node.ingest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UdpReaderTest {
  private static final int MANY = 2 * UdpReader.MOST_AT_ONCE + 5;

  private final LinkedBlockingQueue<List<Datagram>> batches = new LinkedBlockingQueue<>();
  private final UdpSockets sockets =
      UdpSockets.bind(new HepUdpSettings("127.0.0.1", 0, 1, 4 << 20, 1_000, 1 << 20));

  @AfterEach
  void close() {
    sockets.close();
  }

  /// Datagrams of two bytes: the numbers from the first on.
  private void send(int first, int count) throws Exception {
    try (var socket = new DatagramSocket()) {
      for (int i = first; i < first + count; i++) {
        var bytes = new byte[] {(byte) (i >> 8), (byte) i};
        socket.send(new DatagramPacket(bytes, bytes.length, sockets.address()));
      }
    }
  }

  private static int number(Datagram datagram) {
    var bytes = datagram.bytes();
    return ((bytes.at(0) & 0xff) << 8) | (bytes.at(1) & 0xff);
  }

  private static List<Integer> numbers(Collection<List<Datagram>> batches) {
    return batches.stream().flatMap(List::stream).map(UdpReaderTest::number).toList();
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void whatTheKernelHasIsPassedOnManyAtATimeAndInItsOrder() throws Exception {
    send(0, MANY);
    sockets.read(System::nanoTime, batches::add);
    var read = List.of(batches.take(), batches.take(), batches.take());
    assertEquals(
        List.of(UdpReader.MOST_AT_ONCE, UdpReader.MOST_AT_ONCE, 5),
        read.stream().map(List::size).toList());
    assertEquals(upTo(MANY), numbers(read));
  }

  @Test
  void aDatagramThatComesAloneWaitsForNoOther() throws Exception {
    sockets.read(System::nanoTime, batches::add);
    for (int i = 0; i < 3; i++) {
      send(i, 1);
      var batch = batches.poll(10, TimeUnit.SECONDS);
      assertEquals(List.of(i), numbers(List.of(batch)));
      assertEquals("127.0.0.1", batch.getFirst().peer().text());
    }
  }

  @Test
  void whatTheKernelHasTakenIsPassedOnBeforeTheSocketIsClosed() throws Exception {
    var reached = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    sockets.read(
        System::nanoTime,
        batch -> {
          batches.add(batch);
          reached.countDown();
          await(goOn);
        });
    send(0, 1);
    await(reached);
    send(1, MANY);
    var closing = Thread.ofPlatform().start(sockets::close);
    while (closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    closing.join();
    assertEquals(upTo(1 + MANY), numbers(batches));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thePortIsFreeWhenItIsClosed() {
    sockets.read(System::nanoTime, batches::add);
    sockets.close();
    assertDoesNotThrow(() -> new DatagramSocket(port()).close());
  }

  @Test
  void thePortIsFreeWhenItIsClosedBeforeItWasRead() {
    sockets.close();
    assertDoesNotThrow(() -> new DatagramSocket(port()).close());
  }

  private InetSocketAddress port() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), sockets.address().getPort());
  }
}
