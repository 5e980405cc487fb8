package io.sipscope.node.otel;

import io.sipscope.persistence.statistics.Counters;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes traces to the collector in batches, one request after the other, on a thread of its own.
/// What the collector has no time for waits here, bounded; what finds no room is dropped and
/// counted.
final class TraceSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TraceSender.class);
  private static final String GROUP = "otlp";

  /// What is on its way when the node stops may take so long.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private static final long LOOK_MILLIS = 100;

  private final OtlpSettings settings;
  private final TraceEncoding encoding;
  private final Collector collector;
  private final BlockingQueue<List<Span>> waiting;
  private final LongAdder sent;
  private final LongAdder spans;
  private final LongAdder dropped;
  private final LongAdder failed;
  private final LongAdder retries;
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean isAway;

  TraceSender(OtlpSettings settings, URI endpoint, TraceEncoding encoding, Counters counters) {
    this.settings = settings;
    this.encoding = encoding;
    this.waiting = new ArrayBlockingQueue<>(settings.queue());
    sent = counters.counter(GROUP, "traces_sent");
    spans = counters.counter(GROUP, "spans_sent");
    dropped = counters.counter(GROUP, "traces_dropped");
    failed = counters.counter(GROUP, "traces_failed");
    retries = counters.counter(GROUP, "retries");
    collector = new Collector(settings, endpoint, retries);
    counters.gauge(GROUP, "traces_queued", waiting::size);
    thread = Thread.ofPlatform().daemon().name("otlp-sender").start(this::sendUntilClosed);
  }

  /// @return whether there was room
  boolean offer(List<Span> trace) {
    boolean room = !closing && waiting.offer(trace);
    if (!room) {
      dropped.increment();
    }
    return room;
  }

  private void sendUntilClosed() {
    try {
      while (!closing || !waiting.isEmpty()) {
        var first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          var traces = new ArrayList<List<Span>>();
          traces.add(first);
          waiting.drainTo(traces, settings.batch() - 1);
          send(traces);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the export of traces ends", e);
    }
  }

  private void send(List<List<Span>> traces) throws InterruptedException {
    var all = traces.stream().flatMap(List::stream).toList();
    long begun = System.nanoTime();
    boolean open = true;
    try {
      var body = settings.json() ? encoding.json(all) : encoding.protobuf(all);
      while (open) {
        switch (collector.send(body)) {
          case Collector.Outcome.Taken() -> {
            taken(traces.size(), all.size());
            open = false;
          }
          case Collector.Outcome.Refused(var why) -> {
            lost(traces.size(), why);
            open = false;
          }
          case Collector.Outcome.Again(var why) -> {
            away(why);
            var passed = Duration.ofNanos(System.nanoTime() - begun);
            open =
                !closing && passed.plus(settings.retryLongest()).compareTo(settings.giveUp()) < 0;
            if (open) {
              TimeUnit.NANOSECONDS.sleep(settings.retryLongest().toNanos());
              retries.increment();
            } else {
              lost(traces.size(), why);
            }
          }
        }
      }
    } catch (InterruptedException e) {
      failed.add(traces.size());
      throw e;
    } catch (RuntimeException e) {
      lost(traces.size(), e.toString());
    }
  }

  private void taken(int traces, int count) {
    sent.add(traces);
    spans.add(count);
    if (isAway) {
      isAway = false;
      LOG.info("traces are taken by the collector again");
    }
  }

  /// Said once until it is back.
  private void away(String why) {
    if (!isAway) {
      isAway = true;
      LOG.warn("the collector of traces does not take any: {}", why);
    }
  }

  private void lost(int traces, String why) {
    failed.add(traces);
    away(why);
  }

  /// Sends what waits, if it takes no longer than a moment; nobody waits for a collector that is
  /// away.
  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    try {
      thread.join(isAway ? Duration.ofMillis(LOOK_MILLIS) : LAST_WORDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    thread.interrupt();
    int left = waiting.size();
    if (left > 0) {
      failed.add(left);
      LOG.warn("{} traces were not taken by the collector before the stop", left);
    }
    collector.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
