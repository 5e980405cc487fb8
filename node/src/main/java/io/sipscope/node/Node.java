package io.sipscope.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.sipscope.http.Actors;
import io.sipscope.http.Asking;
import io.sipscope.http.Figures;
import io.sipscope.http.HttpApi;
import io.sipscope.http.HttpSettings;
import io.sipscope.http.ThisNode;
import io.sipscope.http.agents.NodeReport;
import io.sipscope.http.dialogs.StoredDialogs;
import io.sipscope.http.mi.MiCommands;
import io.sipscope.http.mi.MiRegistry;
import io.sipscope.node.agents.Agents;
import io.sipscope.node.agents.AgentsAcross;
import io.sipscope.node.cluster.Membership;
import io.sipscope.node.events.DialogStates;
import io.sipscope.node.ingest.HepSockets;
import io.sipscope.node.ingest.Ingest;
import io.sipscope.node.ingest.IngestCounters;
import io.sipscope.node.ingest.LivePublisher;
import io.sipscope.node.ingest.PcapSource;
import io.sipscope.node.mi.MiDoors;
import io.sipscope.node.observed.Calls;
import io.sipscope.node.observed.GoingOn;
import io.sipscope.node.observed.MemoryWatch;
import io.sipscope.node.observed.Messages;
import io.sipscope.node.observed.Registrations;
import io.sipscope.node.observed.Thresholds;
import io.sipscope.node.observed.VerdictWatch;
import io.sipscope.node.otel.CallExport;
import io.sipscope.node.profiling.Profiling;
import io.sipscope.node.shard.DialogShards;
import io.sipscope.node.sources.Sources;
import io.sipscope.node.sources.redis.RedisPublisher;
import io.sipscope.node.status.CoreStatus;
import io.sipscope.persistence.statistics.SessionMeasures;
import io.sipscope.persistence.store.Store;
import io.sipscope.protocol.capture.Nanos;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.remote.RemoteTransportException;

/// One running node: what [#start] starts, in its order, from the store to the open doors.
public final class Node implements AutoCloseable {
  private static final String SYSTEM_NAME = "sipscope";
  private static final Clock CLOCK = Clock.systemUTC();
  private final ActorSystem<Void> system;
  private final Membership membership;
  private final HepSockets hep;
  private final ServerBinding http;
  private final MiDoors doors;

  private Node(
      ActorSystem<Void> system,
      Membership membership,
      HepSockets hep,
      ServerBinding http,
      MiDoors doors) {
    this.system = system;
    this.membership = membership;
    this.hep = hep;
    this.http = http;
    this.doors = doors;
  }

  /// Starts a node and returns when its sockets are open; it is ready a moment later, when it is a
  /// member of the cluster.
  ///
  /// @param onTop what differs from the defaults
  /// @throws CannotStart when it is the operator who can mend it
  public static Node start(Config onTop) {
    try {
      var script = Policy.of(Store.configure(NodeSettings.layered(onTop)));
      var config = script.config();
      var settings = NodeSettings.from(config);
      var started = new CompletableFuture<Guardian.Staff>();
      var system = ActorSystem.create(Guardian.create(started), SYSTEM_NAME, config);
      try {
        return start(system, settings, script, started.join());
      } catch (RuntimeException | Error e) {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
        throw e;
      }
    } catch (RuntimeException e) {
      throw explained(e);
    }
  }

  private static RuntimeException explained(RuntimeException failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return switch (cause) {
      case BadSetting _,
          BadScript _,
          HttpSettings.Unusable _,
          Store.Unavailable _,
          ConfigException _ ->
          new CannotStart(cause.getMessage(), cause);
      case RemoteTransportException _ ->
          new CannotStart(
              "pekko.remote.artery.canonical.hostname and .port must be free on this machine: "
                  + cause.getMessage(),
              cause);
      default -> failure;
    };
  }

  private static Node start(
      ActorSystem<Void> system, NodeSettings settings, Policy script, Guardian.Staff staff) {
    var shutdown = new Shutdown(system);
    shutdown.closeLast("store", staff.store()::close);
    var membership = new Membership(system, staff.statistics());
    var readiness = new Readiness(membership, staff.store());
    var resolver = new Resolver(settings.thresholds().lookUps(staff.counters(), staff.slowness()));
    var opened = new CompletableFuture<Ingest>();
    CompletionStage<Ingest> whenOpened = opened;
    var inside =
        Inside.start(
            system,
            settings.events(),
            settings.logEvents(),
            staff.counters(),
            resolver,
            shutdown,
            on -> whenOpened.thenAccept(ingest -> ingest.capture(on)),
            staff.store().history(),
            staff.store().notes(),
            CLOCK);
    var core = new CoreStatus(inside.status()); // the first of the groups, as OpenSIPS lists it
    Thresholds.raise(staff.slowness(), inside.events());
    var control = new LogbackControl(system, inside.events(), settings.logEvents(), settings.log());
    system.getWhenTerminated().thenRun(control::close);
    var policy =
        PolicyStart.start(
            system,
            staff.store(),
            settings,
            script,
            staff.policy(),
            inside,
            staff.counters(),
            membership::isOldest,
            resolver,
            shutdown);
    inside.events().routes(policy.events()::events, policy.events()::raised);
    var tracer =
        TracingStart.start(
            system,
            settings.tracing(),
            policy.engine(),
            settings.destinations(),
            staff.store().traces(),
            staff.counters(),
            resolver,
            settings.thresholds().writing(staff.slowness()),
            shutdown);
    var goingOn = GoingOn.read(staff.store().index(), now());
    var measures = new SessionMeasures();
    var verdicts = new VerdictWatch(inside.events());
    var calls = new Calls(staff.counters(), measures, Node::now);
    var traces =
        new CallExport(
            system,
            settings.otlp(),
            staff.store().history(),
            staff.counters(),
            membership.self().toString());
    shutdown.closeLast("otlp", traces::close);
    var shards =
        new DialogShards(
            system,
            settings.shards(),
            settings
                .dialogs()
                .with(tracer.tracing())
                .tellingOf(calls.and(new DialogStates(inside.events())).and(verdicts).and(traces)));
    var agents = new Agents(staff.counters(), settings.agents(), inside.events());
    var observed =
        new Messages(
            staff.counters(),
            settings.thresholds().message(),
            new Registrations(staff.counters(), Node::now),
            inside.events(),
            agents);
    var profiling = new Profiling(inside.events(), Node::now);
    var ingest =
        new Ingest(
            system,
            settings.ingest(),
            settings.spool(),
            shards.region(),
            () -> staff.store().trouble().isPresent(),
            new IngestCounters(staff.counters()),
            observed,
            RedisPublisher.beside(
                new LivePublisher(staff.live(), staff.audience()),
                settings.redis(),
                settings.dialogs().trunks()::ofMessage,
                staff.counters(),
                publisher -> shutdown.closeLast("redis", publisher)),
            profiling,
            Node::now);
    readiness.holds(ingest::held);
    shutdown.drain(ingest);
    opened.complete(ingest);
    var scaled = settings.scaling().threads();
    var hep =
        HepSockets.open(
            system,
            settings.hepUdp(),
            settings.hepTcp(),
            settings.hepTls(),
            ingest,
            inside.connections(),
            scaled,
            Node::now);
    shutdown.stopListening("hep", hep::close);
    var sources = Sources.open(system, settings, ingest, staff.counters(), Node::now);
    shutdown.stopListening("sources", sources::close);
    var across =
        AgentsAcross.start(
            system,
            () ->
                new NodeReport(
                    membership.self().toString(),
                    agents.list(now()),
                    sources.states(),
                    agents.refused()));
    readiness.socketsAreBound();
    shutdown.stopListening("readiness", readiness::isStopping);
    var workers =
        WorkersStart.start(system, settings, staff.counters(), hep, calls, scaled, profiling);
    profiling.workers(workers::of);
    settings
        .scaling()
        .begin(system, scaled, hep::udpBusyNanos, workers, inside, shown(hep.udpAddress()));
    var actors =
        new Actors(
            new StoredDialogs(
                shards::dialog,
                staff.store().index(),
                staff.store().history(),
                staff.store().reindex(),
                settings.dialogs().trunks()::of,
                settings.names(),
                settings.legs().with(settings.names()::host)),
            staff.live(),
            new PcapSource(system, ingest, Node::now),
            new Figures(staff.counters(), staff.statistics(), measures, staff.recording()),
            new ThisNode(readiness::unready, workers::list, control, profiling),
            membership::view,
            across::report,
            inside,
            tracer,
            policy.script(system, membership.self().toString()),
            traces,
            Inside.alerts(system, staff, measures, inside.events(), membership::isOldest));
    StatusWatch.start(
        system,
        inside,
        new StatusWatch.Looked(
            core,
            staff.store(),
            readiness::cause,
            hep,
            agents,
            sources::states,
            tracer.destinations(),
            membership,
            staff.counters(),
            verdicts,
            new MemoryWatch(settings.thresholds(), inside.events())),
        shutdown);
    var asking = new Asking(system.scheduler(), settings.http().answerTimeout());
    var commands = MiCommands.of(actors, asking, CLOCK::instant);
    var http = bindHttp(system, actors, commands, settings.http());
    shutdown.finishRequests(http);
    shutdown.beforeLeaving("sources", sources::settle);
    shutdown.beforeLeaving("statistics", staff.statistics()::lastWords);
    var doors = MiDoors.open(settings.miFifo(), settings.miDatagram(), commands);
    shutdown.stopListening("mi", doors::close);
    membership.onFounding(() -> goingOn.forEach(calls::resumed));
    policy.begin();
    membership.join(settings.cluster());
    return new Node(system, membership, hep, http, doors);
  }

  private static ServerBinding bindHttp(
      ActorSystem<?> system, Actors actors, MiRegistry commands, HttpSettings settings) {
    try {
      return HttpApi.bind(system, actors, commands, settings).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new BadSetting(
          "sipscope.http.port",
          settings.port(),
          "free on " + settings.host() + " (" + e.getCause().getMessage() + ")");
    }
  }

  /// Nanoseconds since the epoch.
  static long now() {
    return Nanos.of(CLOCK.instant());
  }

  /// `host:port`, IPv6 in brackets: what goes into a URL.
  static String shown(InetSocketAddress address) {
    var host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + address.getPort();
  }

  public InetSocketAddress httpAddress() {
    return http.localAddress();
  }

  public InetSocketAddress hepUdpAddress() {
    return hep.udpAddress();
  }

  public InetSocketAddress hepTcpAddress() {
    return hep.tcpAddress();
  }

  /// Empty when HEP over TLS is off.
  public Optional<InetSocketAddress> hepTlsAddress() {
    return hep.tlsAddress();
  }

  /// Where commands are taken as datagrams; empty when they aren't.
  public Optional<InetSocketAddress> miDatagramAddress() {
    return doors.datagramAddress();
  }

  /// `host:port` for the seed nodes of another.
  public String clusterAddress() {
    return membership.self().getHost().get() + ":" + membership.self().getPort().get();
  }

  /// Stops listening, stores what is held, hands the dialogs over, leaves, closes the store.
  public CompletionStage<Done> stop() {
    return Shutdown.run(system);
  }

  @Override
  public void close() {
    stop().toCompletableFuture().join();
  }

  /// Completes when the node has stopped, for whatever reason.
  public CompletionStage<Done> whenTerminated() {
    return system.getWhenTerminated();
  }
}
