package io.sipscope.node;

import io.sipscope.http.mi.tracer.Tracer;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.TraceControl;
import io.sipscope.persistence.trace.TraceMemory;
import io.sipscope.persistence.trace.TraceSettings;
import io.sipscope.persistence.trace.TraceSink;
import io.sipscope.persistence.trace.Tracing;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts what decides on traces. What was switched before the restart counts from the first
/// message on: it is read before any is taken in.
final class TracingStart {
  private static final Logger LOG = LoggerFactory.getLogger(TracingStart.class);

  private TracingStart() {}

  static Tracer start(
      ActorSystem<?> system, TraceSettings settings, TraceMemory memory, Counters counters) {
    settings.warnings().forEach(warning -> LOG.warn("{}", warning));
    var tracing = new Tracing(settings, TraceSink.NOWHERE, _ -> {}, counters);
    var kept = memory.read().toCompletableFuture().join();
    var control =
        system.systemActorOf(
            Behaviors.supervise(TraceControl.create(tracing, memory, kept, Node::now))
                .onFailure(SupervisorStrategy.restart()),
            "trace-control",
            Props.empty());
    return new Tracer(system, tracing, control);
  }
}
