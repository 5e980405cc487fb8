package io.sipscope.http;

import io.sipscope.http.agents.AgentState;
import io.sipscope.http.agents.ClusterReport;
import io.sipscope.http.agents.NodeReport;
import io.sipscope.http.agents.Refusal;
import io.sipscope.http.agents.SourceState;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Two nodes that hear one agent, and what else they take in.
public final class SeenAgents {
  public static final String FIRST = "pekko://sipscope@10.0.0.1:7355";
  public static final String SECOND = "pekko://sipscope@10.0.0.2:7355";
  private static final long SECONDS = 1_000_000_000L;

  public static final NodeReport OF_THE_FIRST =
      new NodeReport(
          FIRST,
          List.of(
              agent(
                  100,
                  Map.of("agent-rate", 3L),
                  OptionalLong.of(1_000 * SECONDS),
                  OptionalLong.of(-1_500_000_000L)),
              unheard()),
          List.of(
              new SourceState(
                  "redis",
                  "callytics:sip-capture",
                  SourceState.Condition.CONNECTING,
                  "refused",
                  900 * SECONDS,
                  5,
                  1,
                  0,
                  OptionalLong.of(901 * SECONDS))),
          List.of(new Refusal("192.0.2.66", "edge-1", "agent-key", 7, 1_001 * SECONDS)));

  public static final NodeReport OF_THE_SECOND =
      new NodeReport(
          SECOND,
          List.of(
              agent(
                  11,
                  Map.of("queue-full", 2L, "agent-rate", 1L),
                  OptionalLong.empty(),
                  OptionalLong.of(12_345L))),
          List.of(),
          List.of());

  public static final ClusterReport REPORT =
      new ClusterReport(
          List.of(OF_THE_FIRST, OF_THE_SECOND), List.of("pekko://sipscope@10.0.0.3:7355"));

  private SeenAgents() {}

  private static AgentState agent(
      long packets, Map<String, Long> dropped, OptionalLong silentSince, OptionalLong offset) {
    return new AgentState(
        new AgentState.Identity("edge-1", 2001, true),
        new AgentState.Link("tls", "192.0.2." + packets, List.of("192.0.2." + packets), 3, true, 1),
        new AgentState.Counts(packets, packets - 1, 0, 1, dropped),
        new AgentState.Silences(
            1, List.of(new AgentState.Gap(packets * SECONDS, 40 * SECONDS)), silentSince),
        OptionalLong.of(packets * SECONDS),
        OptionalLong.of((900 + packets) * SECONDS),
        offset,
        packets / 4.0);
  }

  private static AgentState unheard() {
    return new AgentState(
        new AgentState.Identity("", 7, true),
        AgentState.Link.NONE,
        AgentState.Counts.NONE,
        AgentState.Silences.NONE,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        0);
  }
}
