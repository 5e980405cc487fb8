package io.sipscope.node;

import io.sipscope.http.Asking;
import io.sipscope.http.Internals;
import io.sipscope.node.ingest.HepSockets;
import io.sipscope.persistence.capture.CaptureSwitch;
import io.sipscope.persistence.status.Identifier;
import io.sipscope.persistence.status.Status;
import io.sipscope.persistence.status.StatusReport;
import io.sipscope.persistence.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/// Looks at the node's parts once a second, and says in the status report how they are.
///
/// | group | ready while |
/// | --- | --- |
/// | core | this node takes traffic |
/// | store | the database can be used |
/// | ingest | HEP is taken in; an identifier for each socket besides, and `agents` while none
/// that usually sends is silent |
/// | cluster | this node is a member; its details tell of the others |
/// | retention | it can do its work, which is in the store |
final class StatusWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /// OpenSIPS's states of its core.
  private static final Status INITIALIZING = new Status(-1, "initializing");

  private static final Status TERMINATING = new Status(-2, "shutting down");
  private static final Status ALL_SPEAK = new Status(1, "none is silent");
  private static final int MOST_NAMED = 10;
  private static final Status CAPTURE_OFF = new Status(-1, "the capture is switched off");

  private final ActorSystem<?> system;
  private final Internals inside;
  private final Store store;
  private final Supplier<Optional<String>> unready;
  private final Supplier<List<String>> silent;
  private final Identifier core;
  private final Identifier stored;
  private final Identifier ingest;
  private final Identifier agents;
  private final Identifier cluster;
  private final Identifier retention;
  private volatile boolean stopping;
  private boolean wasReady;

  private StatusWatch(
      ActorSystem<?> system,
      Internals inside,
      Store store,
      Supplier<Optional<String>> unready,
      HepSockets hep,
      Supplier<List<String>> silent) {
    this.silent = silent;
    this.system = system;
    this.inside = inside;
    this.store = store;
    this.unready = unready;
    core = main("core", INITIALIZING);
    core.report("initializing");
    stored = main("store", Status.RUNNING);
    ingest = main("ingest", Status.RUNNING);
    listens("hep_udp:" + Node.shown(hep.udpAddress()));
    listens("hep_tcp:" + Node.shown(hep.tcpAddress()));
    hep.tlsAddress().ifPresent(address -> listens("hep_tls:" + Node.shown(address)));
    agents = inside.status().identifier("ingest", "agents", ALL_SPEAK);
    cluster = main("cluster", new Status(-1, "joining"));
    retention = main("retention", Status.RUNNING);
  }

  /// @param silent agents that say nothing though they should
  static void start(
      ActorSystem<?> system,
      Internals inside,
      Store store,
      Supplier<Optional<String>> unready,
      HepSockets hep,
      Supplier<List<String>> silent,
      Shutdown shutdown) {
    var watch = new StatusWatch(system, inside, store, unready, hep, silent);
    var everySecond =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                Duration.ZERO, INTERVAL, watch::look, system.executionContext());
    shutdown.stopListening("status", watch::stop);
    system.getWhenTerminated().whenComplete((_, _) -> everySecond.cancel());
  }

  private Identifier main(String group, Status first) {
    return inside.status().identifier(group, StatusReport.MAIN, first);
  }

  private void listens(String socket) {
    inside.status().identifier("ingest", socket, new Status(1, "listening")).report("listening");
  }

  private void stop() {
    stopping = true;
    core.set(TERMINATING);
    core.report("shutting down");
  }

  private void look() {
    if (stopping) {
      return;
    }
    lookAtCore();
    var trouble = store.trouble();
    tell(stored, trouble.map(why -> new Status(-1, why)).orElse(Status.RUNNING));
    tell(retention, trouble.map(_ -> new Status(-1, "waits for the store")).orElse(Status.RUNNING));
    lookAtCluster();
    lookAtCapture();
    lookAtAgents();
  }

  private void lookAtAgents() {
    var names = silent.get();
    tell(
        agents,
        names.isEmpty()
            ? ALL_SPEAK
            : new Status(
                -1,
                names.size()
                    + " silent while others speak: "
                    + String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))));
  }

  private void lookAtCore() {
    var why = unready.get();
    if (why.isEmpty()) {
      if (core.set(Status.RUNNING)) {
        core.report(wasReady ? "ready again" : "initialization completed, ready now");
        wasReady = true;
      }
    } else if (wasReady) {
      tell(core, new Status(-1, why.get()));
    }
  }

  private static void tell(Identifier identifier, Status status) {
    if (identifier.set(status)) {
      identifier.report(status.details());
    }
  }

  private void lookAtCluster() {
    var joined = Cluster.get(system);
    var before = cluster.status();
    int unreachable = joined.state().getUnreachable().size();
    int members = joined.state().members().size();
    var status =
        joined.selfMember().status().equals(MemberStatus.up())
            ? new Status(
                1,
                members
                    + (members == 1 ? " member" : " members")
                    + (unreachable == 0 ? "" : ", " + unreachable + " unreachable"))
            : new Status(-1, joined.selfMember().status().toString());
    if (!before.equals(status)) {
      cluster.set(status);
      cluster.report(status.details());
    }
  }

  private void lookAtCapture() {
    new Asking(system.scheduler(), PATIENCE)
        .<CaptureSwitch.Command, CaptureSwitch.State>ask(inside.capture(), CaptureSwitch.Read::new)
        .thenAccept(state -> tell(ingest, state.on() ? Status.RUNNING : CAPTURE_OFF));
  }
}
