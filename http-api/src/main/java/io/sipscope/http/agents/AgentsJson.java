package io.sipscope.http.agents;

import io.sipscope.http.json.Millis;
import io.sipscope.http.json.Rfc3339;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// What `/api/agents` answers.
record AgentsJson(
    List<AgentJson> agents,
    List<SourceJson> sources,
    List<RefusalJson> refused,
    List<String> unanswered) {

  /// A clock that is off by more shows messages in the wrong order.
  private static final long SUSPECT_NANOS = 1_000_000_000L;

  /// @param name its node name, or else its id, as text
  /// @param node that which heard it last; null = none did
  record AgentJson(
      String name,
      long id,
      String node,
      List<String> nodes,
      String address,
      List<String> addresses,
      String transport,
      Integer version,
      boolean listed,
      boolean authenticated,
      long messages,
      long stored,
      long notSip,
      long malformed,
      long dropped,
      SortedMap<String, Long> droppedBy,
      long gaps,
      List<GapJson> latestGaps,
      String silentSince,
      long disconnects,
      String firstSeenAt,
      String lastSeenAt,
      BigDecimal clockOffsetMs,
      boolean clockSuspect,
      double rate) {

    static AgentJson of(MergedAgent merged) {
      var agent = merged.state();
      var link = agent.link();
      var offset = agent.clockOffset();
      return new AgentJson(
          agent.identity().text(),
          agent.identity().id(),
          orNull(merged.node()),
          merged.nodes(),
          orNull(link.address()),
          link.addresses(),
          orNull(link.carrier()),
          link.version() == 0 ? null : link.version(),
          agent.identity().listed(),
          link.authenticated(),
          agent.counts().packets(),
          agent.counts().stored(),
          agent.counts().notSip(),
          agent.counts().malformed(),
          agent.counts().droppedInAll(),
          new TreeMap<>(agent.counts().dropped()),
          agent.silences().gaps(),
          agent.silences().latest().stream().map(GapJson::of).toList(),
          time(agent.silences().since()),
          link.disconnects(),
          time(agent.firstAt()),
          time(agent.lastAt()),
          Millis.orNull(offset),
          offset.isPresent() && Math.abs(offset.getAsLong()) > SUSPECT_NANOS,
          agent.rate());
    }
  }

  record GapJson(String start, BigDecimal lengthMs) {
    static GapJson of(AgentState.Gap gap) {
      return new GapJson(Rfc3339.text(gap.start()), Millis.of(gap.length()));
    }
  }

  record SourceJson(
      String kind,
      String name,
      String condition,
      String detail,
      String since,
      long received,
      long malformed,
      long dropped,
      String lastAt,
      String node) {
    static SourceJson of(String node, SourceState source) {
      return new SourceJson(
          source.kind(),
          source.name(),
          source.condition().name().toLowerCase(Locale.ROOT),
          source.detail(),
          Rfc3339.text(source.since()),
          source.received(),
          source.malformed(),
          source.dropped(),
          time(source.lastAt()),
          node);
    }
  }

  record RefusalJson(
      String address, String agent, String reason, long count, String lastAt, String node) {
    static RefusalJson of(String node, Refusal refusal) {
      return new RefusalJson(
          refusal.address(),
          refusal.agent(),
          refusal.reason(),
          refusal.count(),
          Rfc3339.text(refusal.lastAt()),
          node);
    }
  }

  static AgentsJson of(ClusterReport report) {
    return new AgentsJson(
        MergedAgent.of(report.nodes()).stream().map(AgentJson::of).toList(),
        report.nodes().stream()
            .flatMap(node -> node.sources().stream().map(s -> SourceJson.of(node.node(), s)))
            .toList(),
        report.nodes().stream()
            .flatMap(node -> node.refused().stream().map(r -> RefusalJson.of(node.node(), r)))
            .sorted((a, b) -> b.lastAt().compareTo(a.lastAt()))
            .toList(),
        report.unanswered());
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String time(OptionalLong nanos) {
    return nanos.isPresent() ? Rfc3339.text(nanos.getAsLong()) : null;
  }
}
