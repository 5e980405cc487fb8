package io.sipscope.node.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.agents.Peer;
import io.sipscope.protocol.Bytes;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DatagramQueueTest {

  private static Datagram datagram(int length) {
    return new Datagram(
        Bytes.of(new byte[length]), Peer.byUdp(InetAddress.getLoopbackAddress()), 1);
  }

  /// One datagram; how many were refused.
  private static int offer(DatagramQueue queue, int length) {
    return queue.offer(List.of(datagram(length)), _ -> {});
  }

  @Test
  void refusesWhatIsTooManyUntilSomeAreTaken() {
    var queue = new DatagramQueue(2, 1_000);
    assertEquals(0, offer(queue, 1));
    assertEquals(0, offer(queue, 1));
    assertEquals(1, offer(queue, 1));
    assertEquals(1, queue.take(1).size());
    assertEquals(0, offer(queue, 1));
  }

  @Test
  void refusesWhatIsTooManyBytes() {
    var queue = new DatagramQueue(100, 1_000);
    assertEquals(0, offer(queue, 900));
    assertEquals(1, offer(queue, 101));
    assertEquals(0, offer(queue, 100));
    assertEquals(2, queue.take(10).size());
    assertEquals(0, offer(queue, 1_000));
  }

  @Test
  void wakesTheReaderOnlyWhenItFoundNothing() {
    var wakes = new AtomicInteger();
    var queue = new DatagramQueue(10, 1_000);
    queue.onArrival(wakes::incrementAndGet);
    offer(queue, 1);
    assertEquals(0, wakes.get());
    assertEquals(1, queue.take(5).size());
    assertEquals(0, queue.take(5).size());
    offer(queue, 1);
    offer(queue, 1);
    assertEquals(1, wakes.get());
  }

  @Test
  void ofSeveralAsManyAsThereIsRoomForAreTakenAndTheReaderIsWokenOnce() {
    var wakes = new AtomicInteger();
    var queue = new DatagramQueue(3, 1_000);
    queue.onArrival(wakes::incrementAndGet);
    assertEquals(0, queue.take(5).size());
    var refused = new ArrayList<Datagram>();
    assertEquals(2, queue.offer(Collections.nCopies(5, datagram(1)), refused::add));
    assertEquals(2, refused.size());
    assertEquals(1, wakes.get());
    assertEquals(3, queue.take(5).size());
  }

  @Test
  void aReaderThatSleepsUntilWokenGetsEveryDatagram() throws Exception {
    int writers = 3;
    int each = 50_000;
    var woken = new Semaphore(0);
    var queue = new DatagramQueue(1_000_000, 1 << 30);
    queue.onArrival(woken::release);
    for (int w = 0; w < writers; w++) {
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; i < each; i++) {
                  offer(queue, 1);
                }
              });
    }
    int taken = 0;
    while (taken < writers * each) {
      int some = queue.take(100).size();
      taken += some;
      if (some == 0) {
        assertTrue(woken.tryAcquire(10, TimeUnit.SECONDS), "not woken after " + taken);
      }
    }
    assertEquals(0, queue.size());
  }
}
