package io.sipscope.node;

import io.sipscope.http.Internals;
import io.sipscope.http.script.Complaint;
import io.sipscope.http.script.DispatcherSets;
import io.sipscope.http.script.PolicyScript;
import io.sipscope.node.script.dispatcher.SetsOfNode;
import io.sipscope.node.script.engine.BackTester;
import io.sipscope.node.script.engine.EventRoutes;
import io.sipscope.node.script.engine.NodeWorld;
import io.sipscope.node.script.engine.PolicyEngine;
import io.sipscope.node.script.engine.PolicyLanguage;
import io.sipscope.node.script.engine.Program;
import io.sipscope.node.script.engine.ReloadAcross;
import io.sipscope.node.script.engine.RunningScript;
import io.sipscope.node.script.engine.RunningScript.Read;
import io.sipscope.node.script.engine.ScriptFailures;
import io.sipscope.node.script.engine.ScriptOfNode;
import io.sipscope.node.script.engine.ScriptProfile;
import io.sipscope.node.script.engine.Timers;
import io.sipscope.node.script.engine.Watch;
import io.sipscope.node.script.rest.RestClient;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.status.Status;
import io.sipscope.persistence.status.StatusReport;
import io.sipscope.persistence.store.Store;
import io.sipscope.protocol.dialog.Rung;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts what runs the rules of the configuration and the policy script. They count from the
/// first message on.
///
/// @param events for whoever raises events to tell
record PolicyStart(
    PolicyEngine engine,
    NodeWorld world,
    ScriptFailures failures,
    RunningScript running,
    EventRoutes events,
    Watch watch,
    BackTester tester,
    DispatcherSets sets) {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyStart.class);
  private static final Status NO_SCRIPT = new Status(1, "no script");

  /// @param isOldest whether the timers are this node's to run
  /// @throws BadScript when the script has errors
  static PolicyStart start(
      ActorSystem<?> system,
      Store store,
      NodeSettings settings,
      Policy policy,
      PolicyStatistics statistics,
      Internals inside,
      Counters counters,
      BooleanSupplier isOldest,
      Resolver resolver,
      Shutdown shutdown) {
    var rest = new RestClient(settings.rest(), counters);
    shutdown.closeLast("script-rest", rest::close);
    var relay =
        RelayStart.start(
            policy.dispatcher(), settings.destinations(), counters, resolver, shutdown);
    var world =
        NodeWorld.of(
            new NodeWorld.Outside(statistics, inside.events(), relay::relay, rest::ask, Node::now));
    var failures = new ScriptFailures(counters, Node::now);
    var trunks = settings.dialogs().trunks();
    var engine =
        new PolicyEngine(
            world,
            (capture, message) ->
                trunks.ofMessage(new Rung(0, capture, message, /* retransmission */ false)),
            settings.script().maxSteps(),
            failures,
            counters);
    var timers = new Timers(engine, world.waiting(), isOldest, counters);
    shutdown.stopListening("script", timers::close);
    var status =
        inside
            .status()
            .identifier(
                "script",
                StatusReport.MAIN,
                settings.script().file().isPresent() ? Status.RUNNING : NO_SCRIPT);
    var language =
        new PolicyLanguage(
            traceIds -> PolicyLanguage.registry(traceIds, policy.dispatcher()),
            settings.tracing()::isDefined,
            definitions -> Policy.wrong(definitions, policy.without()),
            failures,
            world::willRaise);
    var running =
        new RunningScript(
            settings.script().file(),
            Program.of(settings.tracing().rules()),
            language,
            engine,
            timers,
            failures,
            status,
            inside.events().names()::register,
            Instant::now,
            counters);
    var complaints =
        policy
            .script()
            .map(script -> running.start(new Read(language.load(script), script.text())))
            .orElse(List.of());
    if (complaints.stream().anyMatch(Complaint::isError)) {
      throw new BadScript(
          complaints.stream().filter(Complaint::isError).map(Complaint::sentence).toList());
    }
    policy.warnings().forEach(warning -> LOG.warn("{}", warning));
    complaints.forEach(complaint -> LOG.warn("{}", complaint.sentence()));
    var events = new EventRoutes(engine, world.waiting(), settings.script().maxSteps(), counters);
    var watch =
        new Watch(
                running,
                new ScriptProfile(
                    event -> inside.events().raise(ScriptProfile.EVENT, event), Node::now),
                inside.events())
            .start();
    shutdown.stopListening("script-watch", watch::close);
    var tester =
        new BackTester(
            new BackTester.Parts(
                system,
                policy.config(),
                traceIds -> PolicyLanguage.registry(traceIds, policy.dispatcher().apart()),
                engine.trunks(),
                statistics,
                settings.script().maxSteps(),
                store.index(),
                store.history(),
                Node::now));
    var sets = new SetsOfNode(policy.dispatcher(), settings.dispatcher(), relay);
    return new PolicyStart(engine, world, failures, running, events, watch, tester, sets);
  }

  /// Runs `startup_route`, on a thread of its own: it may wait.
  void begin() {
    engine
        .program()
        .startup()
        .ifPresent(
            route ->
                Thread.ofVirtual()
                    .name("startup-route")
                    .start(() -> engine.run(route, world.waiting(), "startup_route")));
  }

  /// @param node this one's address
  PolicyScript script(ActorSystem<?> system, String node) {
    return new ScriptOfNode(
        node, running, failures, ReloadAcross.start(system, node, running), watch, tester, sets);
  }
}
