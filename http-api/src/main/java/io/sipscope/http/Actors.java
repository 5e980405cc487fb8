package io.sipscope.http;

import io.sipscope.http.agents.ClusterReport;
import io.sipscope.http.agents.SourceState;
import io.sipscope.http.captures.CaptureImport;
import io.sipscope.http.cluster.ClusterView;
import io.sipscope.http.dialogs.HostNames;
import io.sipscope.http.live.LiveFeed;
import io.sipscope.http.mi.core.NodeControl;
import io.sipscope.http.mi.core.ProcessProfiling;
import io.sipscope.http.mi.tracer.Tracer;
import io.sipscope.http.otlp.TraceExport;
import io.sipscope.http.script.PolicyScript;
import io.sipscope.persistence.alerts.AlertBook;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.recording.Recording;
import io.sipscope.persistence.reindex.Reindex;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.SessionMeasures;
import io.sipscope.persistence.statistics.Worker;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.legs.LegRules;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.RecipientRef;

/// Everyone the API may speak to: shard references and stores in production, probes in tests.
///
/// @param dialogs the entity of a key
/// @param live this node's feed
/// @param trunks the first configured trunk that a dialog uses; empty when none
/// @param reindex builds the index anew, on this node
/// @param counters this node's own, for `/metrics`
/// @param statistics of all nodes
/// @param cluster who is in the cluster and how each is doing
/// @param unready why this node takes no traffic yet, one sentence; empty once it does
/// @param workers this node's, in the order of their ids: what `ps` lists
/// @param control what MI does to the node itself: stop it, change what it logs
/// @param internals what the node tells of itself
/// @param tracer what is traced, and who switches it
/// @param measures what RFC 6076 measures, of this node
/// @param recording statistics of the past
/// @param sources what this node fetches captures from
/// @param names what hosts are called in ladders
/// @param agents what all nodes take in, and from whom
/// @param legs what counts as another leg of a call
/// @param script the policy script, of this node and of all
/// @param traces takes dialogs to a collector of OpenTelemetry
/// @param profiling how much this node's workers tell of what they do
/// @param alerts the alert rules, of all nodes
public record Actors(
    Function<String, RecipientRef<Dialog.Command>> dialogs,
    RecipientRef<LiveFeed.Command> live,
    DialogIndex index,
    DialogHistory history,
    Reindex reindex,
    Function<DialogSummary, String> trunks,
    CaptureImport imports,
    Counters counters,
    ClusterStatistics statistics,
    Supplier<CompletionStage<ClusterView>> cluster,
    Supplier<Optional<String>> unready,
    Supplier<List<Worker>> workers,
    NodeControl control,
    Internals internals,
    Tracer tracer,
    SessionMeasures measures,
    Recording recording,
    Supplier<List<SourceState>> sources,
    HostNames names,
    Supplier<CompletionStage<ClusterReport>> agents,
    LegRules legs,
    PolicyScript script,
    TraceExport traces,
    ProcessProfiling profiling,
    AlertBook alerts) {}
