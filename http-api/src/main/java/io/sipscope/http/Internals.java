package io.sipscope.http;

import io.sipscope.http.connections.TcpConnections;
import io.sipscope.persistence.capture.CaptureSwitch;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.Subscriptions;
import io.sipscope.persistence.status.StatusReport;
import io.sipscope.protocol.dialog.Rung;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.RecipientRef;

/// What a node tells of itself.
///
/// @param subscriptions who is told of which event
/// @param connections over TCP, this node's
/// @param capture whether the cluster captures
/// @param messages the first messages of a dialog in the order of storing, a bounded number
public record Internals(
    Events events,
    RecipientRef<Subscriptions.Command> subscriptions,
    StatusReport status,
    TcpConnections connections,
    RecipientRef<CaptureSwitch.Command> capture,
    Function<String, CompletionStage<List<Rung>>> messages) {}
