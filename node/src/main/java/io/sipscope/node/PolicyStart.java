package io.sipscope.node;

import io.sipscope.node.script.engine.NodeWorld;
import io.sipscope.node.script.engine.PolicyEngine;
import io.sipscope.node.script.engine.Program;
import io.sipscope.node.script.engine.ScriptFailures;
import io.sipscope.node.script.engine.Timers;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.protocol.dialog.Rung;
import java.util.function.BooleanSupplier;

/// Starts what runs the rules of the configuration and the policy script. It counts from the first
/// message on.
record PolicyStart(PolicyEngine engine, NodeWorld world, ScriptFailures failures, Timers timers) {

  /// @param isOldest whether the timers are this node's to run
  static PolicyStart start(
      NodeSettings settings,
      PolicyStatistics statistics,
      Events events,
      Counters counters,
      BooleanSupplier isOldest,
      Shutdown shutdown) {
    var world =
        NodeWorld.of(
            new NodeWorld.Outside(
                statistics,
                events,
                NodeWorld.Outside.NO_RELAY,
                NodeWorld.Outside::noAnswer,
                Node::now));
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
    engine.swap(Program.of(settings.tracing().rules()));
    var timers = new Timers(engine, world.waiting(), isOldest, counters);
    shutdown.stopListening("script", timers::close);
    return new PolicyStart(engine, world, failures, timers);
  }
}
