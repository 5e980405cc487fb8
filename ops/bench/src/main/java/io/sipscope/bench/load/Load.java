package io.sipscope.bench.load;

import io.sipscope.bench.Call;
import io.sipscope.bench.Frames;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Sends HEP3 frames of calls at a fixed rate, whatever the receiver does (an open loop): a slow
/// receiver does not slow the load, it shows as lateness or as loss.
public final class Load {
  private static final long NANOS = Duration.ofSeconds(1).toNanos();
  private static final long MILLI = Duration.ofMillis(1).toNanos();

  private final LoadSettings settings;
  private final LongAdder sent = new LongAdder();
  private volatile boolean stopped;

  public Load(LoadSettings settings) {
    this.settings = settings;
  }

  /// @param late how much later than due frames were sent, microseconds
  public record Sent(long calls, long messages, long bytes, double seconds, Histogram late) {
    public double perSecond() {
      return messages / seconds;
    }
  }

  /// Messages so far, for those who look on.
  public long sent() {
    return sent.sum();
  }

  /// Ends it before its time, in the middle of calls.
  public void stop() {
    stopped = true;
  }

  /// Sends every message of every call that starts within the duration, the last ones after it.
  public Sent send() throws IOException {
    long between = NANOS * Call.MESSAGES / settings.rate();
    long calls = Math.max(1, settings.duration().toNanos() / between);
    var schedule = new Schedule(calls, between, settings.talk().toNanos());
    var late = new Histogram(3);
    long messages = 0;
    long bytes = 0;
    long start = System.nanoTime();
    long epoch = System.currentTimeMillis() * MILLI;
    try (var wire = Wire.open(settings.transport(), settings.target())) {
      while (schedule.hasNext() && !stopped) {
        var due = schedule.next();
        long now = System.nanoTime() - start;
        if (now < due.due()) {
          wire.flush();
          now = waitUntil(start, due.due());
        }
        late.recordValue((now - due.due()) / 1_000);
        var sip = Call.message(due.message(), settings.run(), due.call());
        var frame = Frames.hep3(due.message(), sip, epoch + now);
        wire.send(frame);
        messages++;
        sent.increment();
        bytes += frame.length();
      }
    }
    return new Sent(calls, messages, bytes, (System.nanoTime() - start) / (double) NANOS, late);
  }

  private static long waitUntil(long start, long due) {
    long now = System.nanoTime() - start;
    while (now < due) {
      LockSupport.parkNanos(Math.min(due - now, MILLI));
      now = System.nanoTime() - start;
    }
    return now;
  }
}
