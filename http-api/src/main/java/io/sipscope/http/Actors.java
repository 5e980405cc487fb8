package io.sipscope.http;

import io.sipscope.http.agents.ClusterReport;
import io.sipscope.http.captures.CaptureImport;
import io.sipscope.http.cluster.ClusterView;
import io.sipscope.http.dialogs.StoredDialogs;
import io.sipscope.http.live.LiveFeed;
import io.sipscope.http.mi.tracer.Tracer;
import io.sipscope.http.otlp.TraceExport;
import io.sipscope.http.script.PolicyScript;
import io.sipscope.persistence.alerts.AlertBook;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.RecipientRef;

/// Everyone the API may speak to: shard references and stores in production, probes in tests.
///
/// @param live this node's feed
/// @param cluster who is in the cluster and how each is doing
/// @param agents what all nodes take in, and from whom
/// @param internals what the node tells of itself
/// @param tracer what is traced, and who switches it
/// @param script the policy script, of this node and of all
/// @param traces takes dialogs to a collector of OpenTelemetry
/// @param alerts the alert rules, of all nodes
public record Actors(
    StoredDialogs dialogs,
    RecipientRef<LiveFeed.Command> live,
    CaptureImport imports,
    Figures figures,
    ThisNode node,
    Supplier<CompletionStage<ClusterView>> cluster,
    Supplier<CompletionStage<ClusterReport>> agents,
    Internals internals,
    Tracer tracer,
    PolicyScript script,
    TraceExport traces,
    AlertBook alerts) {}
