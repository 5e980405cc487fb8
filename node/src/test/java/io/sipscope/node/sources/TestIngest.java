package io.sipscope.node.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.ingest.Ingest;
import io.sipscope.node.ingest.IngestCounters;
import io.sipscope.node.ingest.IngestSettings;
import io.sipscope.node.ingest.spool.SpoolSettings;
import io.sipscope.node.observed.Messages;
import io.sipscope.node.observed.Registrations;
import io.sipscope.node.profiling.Profiling;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.Nanos;
import io.sipscope.protocol.dialog.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/// An ingest whose dialogs write down what they are given, in its order.
public final class TestIngest implements AutoCloseable {
  private static final IngestSettings SETTINGS =
      new IngestSettings(
          Duration.ofMillis(10),
          64,
          1 << 18,
          1_000,
          1 << 24,
          Duration.ofSeconds(1),
          Duration.ofMillis(20),
          Duration.ofMillis(100));

  private final ActorTestKit kit =
      ActorTestKit.create(
          "TestIngest",
          ConfigFactory.parseString("pekko.actor.provider = local")
              .withFallback(ConfigFactory.load()));
  private final Counters counters = new Counters();
  private volatile boolean isHeld;
  private final List<Capture> stored = Collections.synchronizedList(new ArrayList<>());
  private final Ingest ingest =
      new Ingest(
          kit.system(),
          SETTINGS,
          SpoolSettings.OFF,
          kit.spawn(dialogs()),
          () -> false,
          new IngestCounters(counters),
          new Messages(
              counters, Duration.ZERO, new Registrations(counters, TestIngest::now), events()),
          _ -> {},
          new Profiling(events(), TestIngest::now),
          TestIngest::now);

  private static Events events() {
    return new Events(new EventNames(List.of()), EventDelivery.NOBODY, new Counters(), () -> 0);
  }

  private Behavior<ShardingEnvelope<Dialog.Command>> dialogs() {
    return Behaviors.receiveMessage(
        envelope -> {
          var observe = assertInstanceOf(Dialog.Observe.class, envelope.message());
          if (isHeld) {
            return Behaviors.same(); // as a store that is away: the burst is offered again
          }
          stored.addAll(observe.burst());
          var seen = new ArrayList<Seen>();
          observe.burst().forEach(_ -> seen.add(Seen.FIRST));
          observe.replyTo().tell(new Dialog.Ack(1, seen));
          return Behaviors.same();
        });
  }

  /// Nanoseconds since the epoch.
  public static long now() {
    return Nanos.of(Instant.now());
  }

  /// Whether nothing is stored just now.
  public void hold(boolean on) {
    isHeld = on;
  }

  public ActorSystem<Void> system() {
    return kit.system();
  }

  public Ingest ingest() {
    return ingest;
  }

  public List<Capture> stored() {
    synchronized (stored) {
      return List.copyOf(stored);
    }
  }

  public long count(String name) {
    return counters.read().getOrDefault(new StatisticName("ingest", name), 0L);
  }

  /// Asserts the law for so many that were received, once nothing is in flight.
  public void assertConserved(long received) {
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(10),
            () -> {
              assertEquals(received, count("received"), () -> counters.read().toString());
              assertEquals(0, count("in_flight"), () -> counters.read().toString());
              return null;
            });
    long accounted =
        counters.read().entrySet().stream()
            .filter(entry -> entry.getKey().name().matches("persisted|malformed_.*|dropped_.*"))
            .mapToLong(entry -> entry.getValue())
            .sum();
    assertEquals(received, accounted, () -> counters.read().toString());
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
