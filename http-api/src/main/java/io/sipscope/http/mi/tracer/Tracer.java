package io.sipscope.http.mi.tracer;

import io.sipscope.persistence.trace.DestinationState;
import io.sipscope.persistence.trace.TraceControl;
import io.sipscope.persistence.trace.Tracing;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;

/// What the trace commands speak to.
///
/// @param system runs the streams of a replay
/// @param tracing this node's, read without asking
/// @param control flips and starts, for all nodes
/// @param destinations how each is doing on this node
public record Tracer(
    ActorSystem<?> system,
    Tracing tracing,
    RecipientRef<TraceControl.Command> control,
    Supplier<List<DestinationState>> destinations) {}
