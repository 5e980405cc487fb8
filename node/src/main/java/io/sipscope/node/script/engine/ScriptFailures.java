package io.sipscope.node.script.engine;

import io.sipscope.persistence.statistics.Counters;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What went wrong where while a script ran: counted, and logged once a minute a place.
public final class ScriptFailures {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptFailures.class);
  private static final long NANOS_BETWEEN_LINES = Duration.ofMinutes(1).toNanos();

  /// A script of 10,000 lines that fails in each of them must not fill the memory; what fails
  /// beyond is counted together.
  static final int MOST_PLACES = 1_000;

  private static final Spot ELSEWHERE = new Spot("elsewhere", 0, 0);

  /// @param line 1-based; 0 when it is not known
  /// @param column 1-based
  public record Spot(String file, int line, int column) {
    @Override
    public String toString() {
      return line == 0 ? file : file + ":" + line + ":" + column;
    }
  }

  /// @param sentence the latest
  /// @param lastAt nanoseconds since the epoch
  public record Failure(Spot spot, String sentence, long count, long lastAt) {}

  private static final class Seen {
    private final LongAdder count = new LongAdder();
    private volatile String sentence = "";
    private volatile long lastAt;
    private long loggedAt;

    synchronized boolean isDue(long now) {
      if (loggedAt != 0 && now - loggedAt < NANOS_BETWEEN_LINES) {
        return false;
      }
      loggedAt = now;
      return true;
    }
  }

  private final Map<Spot, Seen> seen = new ConcurrentHashMap<>();
  private final LongAdder counter;
  private final LongSupplier clock;
  private final boolean isLogged;

  /// @param clock nanoseconds since the epoch
  public ScriptFailures(Counters counters, LongSupplier clock) {
    this(counters, clock, /* isLogged */ true);
  }

  /// Of a back-test, which tells them itself.
  static ScriptFailures quiet(Counters counters, LongSupplier clock) {
    return new ScriptFailures(counters, clock, /* isLogged */ false);
  }

  private ScriptFailures(Counters counters, LongSupplier clock, boolean isLogged) {
    this.isLogged = isLogged;
    this.counter = counters.counter("policy", "script_failures");
    this.clock = clock;
  }

  public void failed(Spot spot, String sentence) {
    counter.increment();
    var place =
        seen.containsKey(spot) || seen.size() < MOST_PLACES
            ? seen.computeIfAbsent(spot, _ -> new Seen())
            : seen.computeIfAbsent(ELSEWHERE, _ -> new Seen());
    long now = clock.getAsLong();
    place.count.increment();
    place.sentence = sentence;
    place.lastAt = now;
    if (isLogged && place.isDue(now)) {
      LOG.warn("{}: {} ({} times so far)", spot, sentence, place.count.sum());
    }
  }

  /// By their places.
  public List<Failure> list() {
    return seen.entrySet().stream()
        .map(
            entry ->
                new Failure(
                    entry.getKey(),
                    entry.getValue().sentence,
                    entry.getValue().count.sum(),
                    entry.getValue().lastAt))
        .sorted(
            Comparator.comparing((Failure failure) -> failure.spot().file())
                .thenComparing(failure -> failure.spot().line())
                .thenComparing(failure -> failure.spot().column()))
        .toList();
  }

  /// Another script has other places.
  public void forget() {
    seen.clear();
  }
}
