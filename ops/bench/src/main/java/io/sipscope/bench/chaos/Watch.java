package io.sipscope.bench.chaos;

import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Looks at a node whose database is away: it must live, say that it is not ready, and answer
/// whatever it is asked soon.
final class Watch {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// Of an answer to MI, which needs no database; of a hundred, one may take longer.
  private static final double MOSTLY = 0.99;

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
  private final Histogram asked = new ConcurrentHistogram(3);
  private final Set<String> said = new ConcurrentSkipListSet<>();
  private final Thread probes;
  private final Thread searches;
  private final Thread commands;
  private volatile boolean stopped;

  /// Begins at once.
  Watch(NodeProcess node, Complaints complaints) {
    this.node = node;
    this.complaints = complaints;
    probes = Thread.ofVirtual().start(() -> repeat(this::probe));
    searches = Thread.ofVirtual().start(() -> repeat(this::search));
    commands = Thread.ofVirtual().start(() -> repeat(this::command));
  }

  private interface Question {
    void ask() throws IOException, InterruptedException;
  }

  /// Waits until the node said that it is not ready; false when it does not in time.
  boolean awaitNoticed(Duration longest) throws InterruptedException {
    return noticed.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// @param noticed from the fault to a `/ready` that said 503, milliseconds
  /// @param slowest of the answers to probes and searches, milliseconds
  /// @param command what 99 of 100 answers to MI took at most, milliseconds
  /// @param said why it is not ready
  record Seen(OptionalLong noticed, OptionalLong slowest, OptionalLong command, Set<String> said) {
    static final Seen NOTHING =
        new Seen(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Set.of());
  }

  Seen end() throws InterruptedException {
    stopped = true;
    probes.join();
    searches.join();
    commands.join();
    return new Seen(
        noticedMillis,
        OptionalLong.of(slowestMillis.get()),
        OptionalLong.of(asked.getValueAtPercentile(100 * MOSTLY)),
        Set.copyOf(said));
  }

  private void probe() throws IOException, InterruptedException {
    int alive = status("/alive");
    if (alive != OK) {
      complaints.add("/alive answered " + alive + " while the database was away");
    }
    var ready = ask("/ready");
    if (ready.statusCode() == UNAVAILABLE) {
      said.add(ready.body().replaceFirst("\\..*\\R*", "."));
      if (noticedMillis.isEmpty()) {
        noticedMillis = OptionalLong.of(millisSince(start));
        noticed.countDown();
      }
    }
  }

  /// It may fail, but not hang.
  private void search() throws IOException, InterruptedException {
    status("/api/dialogs?limit=1");
  }

  private void command() throws IOException, InterruptedException {
    long start = System.nanoTime();
    var _ = node.ingest();
    asked.recordValue(millisSince(start));
  }

  private int status(String path) throws IOException, InterruptedException {
    return ask(path).statusCode();
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    long start = System.nanoTime();
    var answer = node.get(path, TIMEOUT);
    long took = millisSince(start);
    slowestMillis.accumulateAndGet(took, Math::max);
    if (took > SLOW_MILLIS) {
      complaints.add(path + " took " + took + " ms to answer " + answer.statusCode());
    }
    return answer;
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
