package io.sipscope.http.agents;

import java.util.List;

/// What all nodes take in.
///
/// @param nodes the reports that came in time
/// @param unanswered members of the cluster that did not tell, by their addresses
public record ClusterReport(List<NodeReport> nodes, List<String> unanswered) {
  public ClusterReport {
    nodes = List.copyOf(nodes);
    unanswered = List.copyOf(unanswered);
  }
}
