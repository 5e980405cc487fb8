package io.sipscope.node.script.engine;

import io.sipscope.node.script.engine.ScriptFailures.Spot;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.run.World;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.TraceDecision;
import io.sipscope.persistence.trace.TracePolicy;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.SipMessage;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Runs the rules of the configuration and the policy script, for each message and whatever else
/// has a route. A run that fails ends there, is counted, and what it ordered before counts; no
/// message is ever lost by it.
public final class PolicyEngine implements TracePolicy {
  private final World world;
  private final TrunkOf trunks;
  private final long maxSteps;
  private final ScriptFailures failures;
  private final LongAdder runs;
  private final LongAdder droppedRequests;
  private final LongAdder droppedReplies;
  private volatile Program program = Program.EMPTY;

  /// Which trunk a message uses.
  @FunctionalInterface
  public interface TrunkOf {
    /// @return empty when none
    String trunk(Capture capture, SipMessage message);
  }

  /// @param world what the routes of messages can do: nothing that waits
  /// @param maxSteps statements that a run may take before it is taken for endless
  public PolicyEngine(
      World world, TrunkOf trunks, long maxSteps, ScriptFailures failures, Counters counters) {
    this.world = world;
    this.trunks = trunks;
    this.maxSteps = maxSteps;
    this.failures = failures;
    this.runs = counters.counter("policy", "script_runs");
    this.droppedRequests = counters.counter("core", "drop_requests");
    this.droppedReplies = counters.counter("core", "drop_replies");
  }

  public TrunkOf trunks() {
    return trunks;
  }

  public Program program() {
    return program;
  }

  /// Puts another program in the place of the one that ran so far. A run that has begun ends with
  /// the old one.
  public void swap(Program next) {
    program = next;
  }

  @Override
  public boolean isIdle() {
    return program.ignoresMessages();
  }

  @Override
  public TraceDecision decide(String key, SipMessage message, Capture capture) {
    var routes = message.isRequest() ? program.requests() : program.replies();
    if (routes.isEmpty()) {
      return TraceDecision.NOTHING;
    }
    var subject = new Subject(message, capture, key, trunks.trunk(capture, message));
    var run = new Run(Optional.of(subject), world, maxSteps);
    for (var route : routes) {
      run(route, run, message.isRequest() ? "route" : "onreply_route");
    }
    if (run.isDropped()) {
      (message.isRequest() ? droppedRequests : droppedReplies).increment();
      return TraceDecision.NOTHING;
    }
    return run.decision();
  }

  /// A run that no message is the reason of.
  ///
  /// @param world what it can do: it may wait
  /// @param name what is said of it when it fails where nobody knows
  public void run(Route route, World world, String name) {
    run(route, new Run(Optional.empty(), world, maxSteps), name);
  }

  /// Runs a route to its end, or until it fails.
  public void run(Route route, Run run, String name) {
    runs.increment();
    try {
      route.run(run);
    } catch (ScriptFailure failure) {
      failures.failed(new Spot(name, 0, 0), failure.getMessage());
    } catch (RuntimeException | StackOverflowError defect) {
      failures.failed(new Spot(name, 0, 0), "a defect of the engine: " + defect);
    }
  }
}
