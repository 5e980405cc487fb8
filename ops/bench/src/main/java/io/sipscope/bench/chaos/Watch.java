package io.sipscope.bench.chaos;

import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Looks at a node whose database is away: it must live, say that it is not ready, and answer
/// whatever it is asked soon.
final class Watch {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// Five seconds for the database to answer (`sipscope.index.timeout`), and one for the rest.
  private static final long SLOW_MILLIS = 6_000;

  private static final long PAUSE_MILLIS = 100;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final NodeProcess node;
  private final Complaints complaints;
  private final long start = System.nanoTime();
  private final CountDownLatch noticed = new CountDownLatch(1);
  private volatile OptionalLong noticedMillis = OptionalLong.empty();
  private final AtomicLong slowestMillis = new AtomicLong();
  private final Thread probes;
  private final Thread searches;
  private volatile boolean stopped;

  /// Begins at once.
  Watch(NodeProcess node, Complaints complaints) {
    this.node = node;
    this.complaints = complaints;
    probes = Thread.ofVirtual().start(() -> repeat(this::probe));
    searches = Thread.ofVirtual().start(() -> repeat(this::search));
  }

  private interface Question {
    void ask() throws IOException, InterruptedException;
  }

  /// Waits until the node said that it is not ready; false when it does not in time.
  boolean awaitNoticed(Duration longest) throws InterruptedException {
    return noticed.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// From the beginning to the first `/ready` that was 503, if there was one.
  OptionalLong noticedMillis() {
    return noticedMillis;
  }

  /// What the slowest answer took, of probes and searches.
  long slowestMillis() {
    return slowestMillis.get();
  }

  void end() throws InterruptedException {
    stopped = true;
    probes.join();
    searches.join();
  }

  private void probe() throws IOException, InterruptedException {
    int alive = status("/alive");
    if (alive != OK) {
      complaints.add("/alive answered " + alive + " while the database was away");
    }
    if (status("/ready") == UNAVAILABLE && noticedMillis.isEmpty()) {
      noticedMillis = OptionalLong.of(millisSince(start));
      noticed.countDown();
    }
  }

  /// It may fail, but not hang.
  private void search() throws IOException, InterruptedException {
    status("/api/dialogs?limit=1");
  }

  private int status(String path) throws IOException, InterruptedException {
    long asked = System.nanoTime();
    int status = node.get(path, TIMEOUT).statusCode();
    long took = millisSince(asked);
    slowestMillis.accumulateAndGet(took, Math::max);
    if (took > SLOW_MILLIS) {
      complaints.add(path + " took " + took + " ms to answer " + status);
    }
    return status;
  }

  private void repeat(Question question) {
    try {
      while (!stopped) {
        question.ask();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      complaints.add("no answer while the database was away: " + e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static long millisSince(long nanoTime) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
  }
}
