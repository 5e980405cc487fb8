package io.sipscope.ops.replay;

import java.util.concurrent.locks.LockSupport;

/// Waiting for a moment of [System#nanoTime].
final class Pause {
  private Pause() {}

  static void until(long nanoTime) throws InterruptedException {
    long left = nanoTime - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      left = nanoTime - System.nanoTime();
    }
  }
}
