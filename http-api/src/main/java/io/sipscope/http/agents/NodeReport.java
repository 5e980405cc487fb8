package io.sipscope.http.agents;

import java.util.List;

/// What one node takes in, and from whom.
///
/// @param node its address, as `/api/cluster` has it
public record NodeReport(
    String node, List<AgentState> agents, List<SourceState> sources, List<Refusal> refused) {
  public NodeReport {
    agents = List.copyOf(agents);
    sources = List.copyOf(sources);
    refused = List.copyOf(refused);
  }
}
