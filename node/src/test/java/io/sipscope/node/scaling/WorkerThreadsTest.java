package io.sipscope.node.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {
  private final WorkerThreads threads = new WorkerThreads(3);

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void allIsDoneWhoeverComesAndGoesMeanwhile() throws Exception {
    var done = new CountDownLatch(20_000);
    threads.add();
    for (int i = 0; i < 20_000; i++) {
      threads.execute(done::countDown);
      if (i % 7 == 0) {
        threads.add();
      } else if (i % 5 == 0) {
        threads.remove();
      }
    }
    assertTrue(done.await(10, TimeUnit.SECONDS), done + " are left");
  }

  @Test
  void slotsAreTakenFromTheLowestAndFreedFromTheHighest() {
    assertEquals(OptionalInt.of(0), threads.add());
    assertEquals(OptionalInt.of(1), threads.add());
    assertEquals(OptionalInt.of(2), threads.add());
    assertEquals(OptionalInt.empty(), threads.add());
    assertEquals(OptionalInt.of(2), threads.remove());
    assertEquals(OptionalInt.of(1), threads.remove());
    assertEquals(OptionalInt.empty(), threads.remove());
    assertEquals(1, threads.count());
    assertEquals(OptionalInt.of(1), threads.add());
  }

  @Test
  void theSecondWorksWhileTheFirstDoes() throws Exception {
    threads.add();
    threads.add();
    var meeting = new Phaser(2);
    threads.execute(meeting::arriveAndAwaitAdvance);
    threads.execute(meeting::arriveAndAwaitAdvance);
    assertTrue(meeting.awaitAdvanceInterruptibly(0, 10, TimeUnit.SECONDS) > 0);
    assertTrue(threads.busyNanos(0) + threads.busyNanos(1) >= 0);
  }
}
