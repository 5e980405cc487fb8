package io.sipscope.node;

import io.sipscope.http.mi.tracer.Tracer;
import io.sipscope.node.trace.DestinationSettings;
import io.sipscope.node.trace.Destinations;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.Threshold;
import io.sipscope.persistence.trace.TraceControl;
import io.sipscope.persistence.trace.TraceMemory;
import io.sipscope.persistence.trace.TracePolicy;
import io.sipscope.persistence.trace.TraceSettings;
import io.sipscope.persistence.trace.Tracing;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts what decides on traces, and the destinations they go to. What was switched before the
/// restart counts from the first message on: it is read before any is taken in.
final class TracingStart {
  private static final Logger LOG = LoggerFactory.getLogger(TracingStart.class);

  private TracingStart() {}

  /// @param tcp how long writing to a destination over TCP may take
  /// @param policy decides what is traced, beside dynamic traces
  /// @throws BadSetting when a database of traces has another table than it must have
  static Tracer start(
      ActorSystem<?> system,
      TraceSettings settings,
      TracePolicy policy,
      DestinationSettings destinations,
      TraceMemory memory,
      Counters counters,
      Resolver resolver,
      Threshold tcp,
      Shutdown shutdown) {
    settings.warnings().forEach(warning -> LOG.warn("{}", warning));
    Destinations.check("sipscope.trace.ids", settings.targets(), destinations);
    var lanes = new Destinations(destinations, counters, resolver, Clock.systemUTC(), tcp);
    // One after the other, and on no actor's thread: what ends may still deliver for a moment.
    var changes =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("trace-targets").daemon().factory());
    shutdown.closeLast(
        "traces",
        () -> {
          changes.shutdown();
          lanes.close();
        });
    var tracing =
        new Tracing(
            settings,
            policy,
            lanes,
            targets -> changes.execute(() -> lanes.targets(targets)),
            counters);
    lanes.targets(tracing.targets());
    var kept = memory.read().toCompletableFuture().join();
    var control =
        system.systemActorOf(
            Behaviors.supervise(TraceControl.create(tracing, memory, kept, Node::now))
                .onFailure(SupervisorStrategy.restart()),
            "trace-control",
            Props.empty());
    return new Tracer(system, tracing, control, lanes::states);
  }
}
