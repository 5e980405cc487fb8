package io.sipscope.http.agents;

import io.sipscope.http.agents.AgentState.Counts;
import io.sipscope.http.agents.AgentState.Gap;
import io.sipscope.http.agents.AgentState.Identity;
import io.sipscope.http.agents.AgentState.Link;
import io.sipscope.http.agents.AgentState.Silences;
import io.sipscope.http.agents.SourceState.Condition;
import io.sipscope.persistence.wire.NodeWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/// Writes and reads what nodes tell each other of their agents and sources.
public final class AgentsWire extends NodeWire {
  private static final String ASK = "agents.ask/1";
  private static final String REPORT = "agents.report/1";
  private static final int IDENTIFIER = 50_625;
  private static final int USUAL_BYTES = 2_000;

  /// The least bytes an agent, a source, a refusal, a gap or a text of it can take.
  private static final int SMALLEST = 1;

  /// Rates are told in hundredths.
  private static final double RATE_UNIT = 100;

  private final ActorRefResolver references;

  public AgentsWire(ExtendedActorSystem system) {
    super(IDENTIFIER, USUAL_BYTES);
    references = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case AgentDesk.Ask _ -> ASK;
      case NodeReport _ -> REPORT;
      default -> throw unknown(value);
    };
  }

  @Override
  protected void write(WireOutput out, Object value) {
    switch (value) {
      case AgentDesk.Ask(var replyTo) -> out.text(references.toSerializationFormat(replyTo));
      case NodeReport report -> write(out, report);
      default -> throw unknown(value);
    }
  }

  @Override
  protected Object read(WireInput in, String manifest) throws Unreadable {
    return switch (manifest) {
      case ASK -> new AgentDesk.Ask(references.resolveActorRef(in.text()));
      case REPORT -> report(in);
      default -> throw unknown(manifest);
    };
  }

  private static void write(WireOutput out, NodeReport report) {
    out.text(report.node());
    out.count(report.agents().size());
    report.agents().forEach(agent -> write(out, agent));
    out.count(report.sources().size());
    report.sources().forEach(source -> write(out, source));
    out.count(report.refused().size());
    report.refused().forEach(refusal -> write(out, refusal));
  }

  private static NodeReport report(WireInput in) throws Unreadable {
    var node = in.text();
    var agents = new ArrayList<AgentState>();
    for (int left = in.elements(SMALLEST); left > 0; left--) {
      agents.add(agent(in));
    }
    var sources = new ArrayList<SourceState>();
    for (int left = in.elements(SMALLEST); left > 0; left--) {
      sources.add(source(in));
    }
    var refused = new ArrayList<Refusal>();
    for (int left = in.elements(SMALLEST); left > 0; left--) {
      refused.add(new Refusal(in.text(), in.text(), in.text(), in.count(), in.i64()));
    }
    return new NodeReport(node, agents, sources, refused);
  }

  private static void write(WireOutput out, AgentState agent) {
    out.text(agent.identity().name());
    out.count(agent.identity().id());
    flag(out, agent.identity().listed());
    out.text(agent.link().carrier());
    out.text(agent.link().address());
    out.count(agent.link().addresses().size());
    agent.link().addresses().forEach(out::text);
    out.u8(agent.link().version());
    flag(out, agent.link().authenticated());
    out.count(agent.link().disconnects());
    out.count(agent.counts().packets());
    out.count(agent.counts().stored());
    out.count(agent.counts().notSip());
    out.count(agent.counts().malformed());
    out.count(agent.counts().dropped().size());
    agent
        .counts()
        .dropped()
        .forEach(
            (reason, count) -> {
              out.text(reason);
              out.count(count);
            });
    out.count(agent.silences().gaps());
    out.count(agent.silences().latest().size());
    for (var gap : agent.silences().latest()) {
      out.i64(gap.start());
      out.i64(gap.length());
    }
    out.optional(agent.silences().since());
    out.optional(agent.firstAt());
    out.optional(agent.lastAt());
    out.optional(agent.clockOffset());
    out.count(Math.round(agent.rate() * RATE_UNIT));
  }

  private static AgentState agent(WireInput in) throws Unreadable {
    return new AgentState(
        new Identity(in.text(), in.count(), in.flag()),
        new Link(in.text(), in.text(), texts(in), in.u8(), in.flag(), in.count()),
        counts(in),
        silences(in),
        in.optional(),
        in.optional(),
        in.optional(),
        in.count() / RATE_UNIT);
  }

  private static List<String> texts(WireInput in) throws Unreadable {
    var texts = new ArrayList<String>();
    for (int left = in.elements(SMALLEST); left > 0; left--) {
      texts.add(in.text());
    }
    return texts;
  }

  private static Counts counts(WireInput in) throws Unreadable {
    long packets = in.count();
    long stored = in.count();
    long notSip = in.count();
    long malformed = in.count();
    var dropped = new HashMap<String, Long>();
    for (int left = in.elements(SMALLEST); left > 0; left--) {
      dropped.put(in.text(), in.count());
    }
    return new Counts(packets, stored, notSip, malformed, dropped);
  }

  private static Silences silences(WireInput in) throws Unreadable {
    long gaps = in.count();
    var latest = new ArrayList<Gap>();
    for (int left = in.elements(SMALLEST); left > 0; left--) {
      latest.add(new Gap(in.i64(), in.i64()));
    }
    return new Silences(gaps, latest, in.optional());
  }

  private static void write(WireOutput out, SourceState source) {
    out.text(source.kind());
    out.text(source.name());
    out.text(source.condition().name());
    out.text(source.detail());
    out.i64(source.since());
    out.i64(source.received());
    out.i64(source.malformed());
    out.i64(source.dropped());
    out.optional(source.lastAt());
  }

  private static SourceState source(WireInput in) throws Unreadable {
    return new SourceState(
        in.text(),
        in.text(),
        condition(in.text()),
        in.text(),
        in.i64(),
        in.i64(),
        in.i64(),
        in.i64(),
        in.optional());
  }

  private static Condition condition(String name) throws Unreadable {
    for (var condition : Condition.values()) {
      if (condition.name().equals(name)) {
        return condition;
      }
    }
    throw new Unreadable("condition " + name + " (unknown to this node)");
  }

  private static void write(WireOutput out, Refusal refusal) {
    out.text(refusal.address());
    out.text(refusal.agent());
    out.text(refusal.reason());
    out.count(refusal.count());
    out.i64(refusal.lastAt());
  }

  private static void flag(WireOutput out, boolean flag) {
    out.u8(flag ? 1 : 0);
  }
}
