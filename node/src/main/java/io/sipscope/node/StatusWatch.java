package io.sipscope.node;

import io.sipscope.http.Asking;
import io.sipscope.http.Internals;
import io.sipscope.http.agents.SourceState;
import io.sipscope.node.agents.Agents;
import io.sipscope.node.cluster.Membership;
import io.sipscope.node.ingest.HepSockets;
import io.sipscope.node.observed.AgentWatch;
import io.sipscope.node.observed.DestinationWatch;
import io.sipscope.node.observed.DropWatch;
import io.sipscope.node.observed.MemberWatch;
import io.sipscope.node.observed.MemoryWatch;
import io.sipscope.node.observed.ShardWatch;
import io.sipscope.node.observed.VerdictWatch;
import io.sipscope.node.status.ClusterStatus;
import io.sipscope.node.status.CoreStatus;
import io.sipscope.node.status.IngestStatus;
import io.sipscope.node.status.StoreStatus;
import io.sipscope.node.status.TraceStatus;
import io.sipscope.persistence.capture.CaptureSwitch;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.store.Store;
import io.sipscope.persistence.trace.DestinationState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;

/// Looks at the node's parts once a second: says in the status report how they are, and raises the
/// events of what changed. One look after the other; none of them blocks.
///
/// | group | ready while |
/// | --- | --- |
/// | core | this node takes traffic, as `/ready` says |
/// | store | the database can be used |
/// | ingest | HEP is taken in; an identifier for each socket and source besides, and `agents` while
/// none that usually sends is silent |
/// | trace | every destination is reached; an identifier for each |
/// | cluster | this node is a member; an identifier for each member |
/// | retention | it can do its work, and the last time it did |
final class StatusWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /// Every so many looks the nodes are asked for their shards: each question goes to all of them.
  private static final int SHARDS_EVERY = 2;

  private final ActorSystem<?> system;
  private final Internals inside;
  private final Looked looked;
  private final CoreStatus core;
  private final StoreStatus store;
  private final IngestStatus ingest;
  private final TraceStatus trace;
  private final ClusterStatus cluster;
  private final AgentWatch agents;
  private final DropWatch drops;
  private final DestinationWatch destinations;
  private final MemberWatch members;
  private final ShardWatch shards;
  private int looks;
  private volatile boolean stopping;

  /// What there is to look at.
  ///
  /// @param core is there from the start on
  /// @param verdicts is told of dialogs elsewhere
  /// @param memory listens to the collectors by itself
  record Looked(
      CoreStatus core,
      Store store,
      Supplier<Optional<String>> unready,
      HepSockets hep,
      Agents agents,
      Supplier<List<SourceState>> sources,
      Supplier<List<DestinationState>> destinations,
      Membership membership,
      Counters counters,
      VerdictWatch verdicts,
      MemoryWatch memory) {}

  private StatusWatch(ActorSystem<?> system, Internals inside, Looked looked) {
    this.system = system;
    this.inside = inside;
    this.looked = looked;
    var report = inside.status();
    core = looked.core();
    store = new StoreStatus(report, looked.store());
    ingest = new IngestStatus(report, sockets(looked.hep()));
    trace = new TraceStatus(report);
    cluster = new ClusterStatus(report);
    agents = new AgentWatch(looked.agents()::list, inside.events());
    drops = new DropWatch(looked.counters(), inside.events());
    destinations = new DestinationWatch(inside.events());
    members = new MemberWatch(inside.events());
    shards = new ShardWatch(inside.events());
  }

  private static List<String> sockets(HepSockets hep) {
    var sockets = new ArrayList<String>();
    sockets.add("hep_udp:" + Node.shown(hep.udpAddress()));
    sockets.add("hep_tcp:" + Node.shown(hep.tcpAddress()));
    hep.tlsAddress().ifPresent(address -> sockets.add("hep_tls:" + Node.shown(address)));
    return sockets;
  }

  static void start(ActorSystem<?> system, Internals inside, Looked looked, Shutdown shutdown) {
    var watch = new StatusWatch(system, inside, looked);
    var everySecond =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                Duration.ZERO,
                INTERVAL,
                new Repeated("what the node tells of itself", watch::look),
                system.executionContext());
    shutdown.stopListening("status", watch::stop);
    system
        .getWhenTerminated()
        .whenComplete(
            (_, _) -> {
              everySecond.cancel();
              looked.memory().close();
            });
  }

  private void stop() {
    stopping = true;
    core.stopping();
  }

  private void look() {
    long now = Node.now();
    looked.memory().look();
    looked.verdicts().look();
    drops.look();
    destinations.look(looked.destinations().get(), now);
    if (stopping) {
      return;
    }
    agents.look(now);
    core.look(looked.unready().get());
    store.look();
    ingest.agents(looked.agents().silent(now));
    ingest.sources(looked.sources().get());
    trace.look(looked.destinations().get());
    lookAtCluster();
    lookAtCapture();
  }

  private void lookAtCluster() {
    var peers = looked.membership().peers();
    cluster.look(peers, Cluster.get(system).selfMember().status().toString());
    members.look(peers);
    boolean alone =
        peers.conditions().size() < 2 && !shards.isElsewhere(looked.membership().self().toString());
    if (peers.isMember() && !alone && ++looks % SHARDS_EVERY == 0) {
      looked.membership().shardHomes().thenAccept(homes -> shards.look(homes, peers.isSpeaker()));
    }
  }

  private void lookAtCapture() {
    new Asking(system.scheduler(), PATIENCE)
        .<CaptureSwitch.Command, CaptureSwitch.State>ask(inside.capture(), CaptureSwitch.Read::new)
        .thenAccept(state -> ingest.capture(state.on()));
  }
}
