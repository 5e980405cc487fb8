package io.sipscope.node.trace;

import io.sipscope.node.NodeApi;
import io.sipscope.node.Resolver;
import io.sipscope.node.ingest.Messages;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.persistence.trace.TraceDestination;
import io.sipscope.persistence.trace.TraceTarget;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.persistence.trace.TracedMessage.Direction;
import io.sipscope.persistence.trace.TracedMessage.Side;
import io.sipscope.protocol.capture.Capture;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;

/// Traced messages, and destinations that are impatient.
final class Traced {
  static final String ID = "tid";
  static final long ROOM = 64L << 20;

  private static final long TIME = 1_795_268_822_123_456_789L;

  private Traced() {}

  static DestinationSettings settings(Path spool, long spoolBytes) {
    return new DestinationSettings(
        Duration.ofMillis(5),
        100,
        64 << 10,
        10_000,
        8 << 20,
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        spool,
        spoolBytes,
        Duration.ofMillis(100),
        2001,
        "");
  }

  static Destinations destinations(DestinationSettings settings, Counters counters) {
    return new Destinations(settings, counters, Resolver.UNCOUNTED, Clock.systemUTC());
  }

  static TraceTarget target(TraceDestination destination) {
    return new TraceTarget(ID, "a uri", destination, false);
  }

  static List<TraceTarget> targets(TraceDestination destination) {
    return List.of(target(destination));
  }

  /// The n-th of many.
  static TracedMessage message(int number) {
    return message(capture(number), "call-" + number % 7, "OPTIONS", "");
  }

  static Capture capture(int number) {
    return Messages.capture(
        Messages.options("call-" + number % 7, number),
        TIME + number * 1_000L,
        "10.0.0.1:5060",
        "10.0.0.2:5070");
  }

  static TracedMessage message(Capture capture, String callId, String method, String status) {
    return new TracedMessage(
        ID,
        callId,
        capture,
        new Side(capture.transport(), capture.source()),
        new Side(capture.transport(), capture.destination()),
        status.isEmpty() ? Direction.IN : Direction.OUT,
        callId,
        method,
        status,
        "a" + callId,
        "");
  }

  static void trace(Destinations destinations, int from, int to) {
    IntStream.range(from, to).forEach(number -> destinations.trace(message(number)));
  }

  static long count(Counters counters, String name) {
    return counters.read().getOrDefault(new StatisticName("trace-" + ID, name), 0L);
  }

  static void eventually(Counters counters, String name, long wanted) {
    NodeApi.eventually(
        () -> {
          Assertions.assertEquals(wanted, count(counters, name), name);
          return wanted;
        });
  }
}
