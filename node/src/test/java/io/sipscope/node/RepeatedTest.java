package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatedTest {
  @Test
  void whatFailsIsDoneAgain() throws Exception {
    var turns = new CountDownLatch(3);
    try (var clock = Executors.newSingleThreadScheduledExecutor()) {
      var work =
          new Repeated(
              "a test",
              () -> {
                turns.countDown();
                throw new IllegalStateException("as it should");
              });
      var _ = clock.scheduleWithFixedDelay(work, 1, 1, TimeUnit.MILLISECONDS);
      assertTrue(turns.await(20, TimeUnit.SECONDS));
      clock.shutdownNow();
    }
  }
}
