package io.sipscope.http.mi.tracer;

import io.sipscope.persistence.trace.TraceControl;
import io.sipscope.persistence.trace.Tracing;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;

/// What the trace commands speak to.
///
/// @param system runs the streams of a replay
/// @param tracing this node's, read without asking
/// @param control flips and starts, for all nodes
public record Tracer(
    ActorSystem<?> system, Tracing tracing, RecipientRef<TraceControl.Command> control) {}
