package io.sipscope.node.script.engine;

import io.sipscope.http.script.BackTest;
import io.sipscope.http.script.BackTest.Traced;
import io.sipscope.node.script.compile.Probe;
import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.engine.ScriptFailures.Spot;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.tree.Position;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.persistence.statistics.StatisticsSettings;
import io.sipscope.persistence.trace.TraceMark;
import io.sipscope.persistence.trace.TraceScope;
import io.sipscope.persistence.trace.TraceSettings;
import io.sipscope.persistence.trace.TraceSink;
import io.sipscope.persistence.trace.TraceType;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.persistence.trace.Tracing;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.sip.SipMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One back-test: a script, what it found so far, and the same decisions on traces that a dialog
/// takes when it stores its messages. Every trace_id counts as switched on; rules of the
/// configuration and timers do not run. Used by one thread.
final class DryRun {
  /// As long as messages of a dialog wait for each other, unless it is configured otherwise.
  private static final long BURST_NANOS = 50_000_000L;

  private final Script script;
  private final DryWorld world;
  private final Counters counters = new Counters();
  private final ScriptFailures failures;
  private final Tracing tracing;
  private final Hits hits;
  private final Map<Kind, Found> traced = new TreeMap<>();
  private long dialogs;
  private long messages;

  private record Kind(String traceId, TraceScope scope) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      int byId = traceId.compareTo(other.traceId);
      return byId != 0 ? byId : scope.compareTo(other.scope);
    }
  }

  private record Found(long dialogs, long messages) {
    private Found and(Found more) {
      return new Found(dialogs + more.dialogs, messages + more.messages);
    }
  }

  /// How often which line ran.
  private static final class Hits implements Probe {
    private final Map<Integer, Long> lines = new TreeMap<>();

    @Override
    public void line(Run run, Position at) {
      lines.merge(at.line(), 1L, Long::sum);
    }
  }

  DryRun(
      BackTester.Parts parts, Script script, TraceSettings traces, StatisticsSettings statistics) {
    this.script = script;
    world = new DryWorld(statistics, parts.statistics());
    world.at(parts.clock().getAsLong());
    failures = ScriptFailures.quiet(counters, world::now);
    hits = new Hits();
    var program =
        PolicyLanguage.program(
            script.program(
                (at, sentence) ->
                    failures.failed(new Spot(at.file(), at.line(), at.column()), sentence),
                hits));
    var engine = new PolicyEngine(world, parts.trunks(), parts.maxSteps(), failures, counters);
    engine.swap(program);
    tracing =
        new Tracing(
            new TraceSettings(
                /* on */ true, traces.localSide(), traces.targets(), List.of(), List.of()),
            engine,
            TraceSink.NOWHERE,
            _ -> {},
            new Counters());
    program.startup().ifPresent(route -> engine.run(route, world, "startup_route"));
  }

  long dialogs() {
    return dialogs;
  }

  long messages() {
    return messages;
  }

  /// Runs it for each message of a dialog: those that came at about the same time together, as they
  /// were when they were stored. A reply may have been captured before its request.
  void over(DialogRow row, List<Rung> rungs) {
    var marks = List.<TraceMark>of();
    var kinds = new HashSet<Kind>();
    for (int from = 0; from < rungs.size(); ) {
      int to = endOfBurst(rungs, from);
      var burst = rungs.subList(from, to);
      world.at(rungs.get(from).capture().time());
      var found =
          tracing.look(
              row.key(),
              marks,
              burst.stream().map(Rung::capture).toList(),
              () -> row.summary().destination());
      marks = TraceMark.and(marks, found.started());
      var parsed = new HashMap<Capture, SipMessage>();
      burst.forEach(rung -> parsed.put(rung.capture(), rung.message()));
      for (var message : found.messages()) {
        if (message.type() == TraceType.SIP) {
          var kind =
              new Kind(message.traceId(), scope(message, parsed.get(message.capture()), marks));
          traced.merge(kind, new Found(kinds.add(kind) ? 1 : 0, 1), Found::and);
        }
      }
      from = to;
    }
    messages += rungs.size();
    dialogs++;
  }

  private static int endOfBurst(List<Rung> rungs, int from) {
    long end = rungs.get(from).capture().receivedAt() + BURST_NANOS;
    int to = from + 1;
    while (to < rungs.size() && rungs.get(to).capture().receivedAt() <= end) {
      to++;
    }
    return to;
  }

  private static TraceScope scope(TracedMessage traced, SipMessage message, List<TraceMark> marks) {
    return marks.stream()
        .filter(mark -> mark.traceId().equals(traced.traceId()))
        .filter(mark -> mark.covers(message))
        .map(TraceMark::scope)
        .findFirst()
        .orElse(TraceScope.MESSAGE);
  }

  BackTest.Done result(boolean complete) {
    return new BackTest.Done(
        dialogs,
        messages,
        traced.entrySet().stream()
            .map(
                entry ->
                    new Traced(
                        entry.getKey().traceId(),
                        entry.getKey().scope().name().toLowerCase(Locale.ROOT),
                        entry.getValue().dialogs(),
                        entry.getValue().messages()))
            .toList(),
        world.statistics(),
        world.events(),
        world.relayed(),
        world.requests(),
        count("drop_requests") + count("drop_replies"),
        world.log(),
        failures.list().stream().map(ScriptOfNode::told).toList(),
        hits.lines,
        complete,
        PolicyLanguage.told(script.warnings()));
  }

  private long count(String name) {
    return counters.read().getOrDefault(new StatisticName("core", name), 0L);
  }
}
