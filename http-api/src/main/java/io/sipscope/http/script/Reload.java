package io.sipscope.http.script;

import java.util.List;
import java.util.Optional;

/// What came of a reload.
///
/// @param swapped whether the script of their files runs on all nodes now; otherwise all run what
///     they ran before
public record Reload(boolean swapped, List<OnNode> nodes) {
  public Reload {
    nodes = List.copyOf(nodes);
  }

  public record OnNode(String node, boolean accepted, List<Complaint> complaints) {
    public OnNode {
      complaints = List.copyOf(complaints);
    }
  }

  /// Why nothing was swapped, by the first that is wrong; empty when it was.
  public Optional<String> why() {
    return swapped
        ? Optional.empty()
        : nodes.stream()
            .filter(node -> !node.accepted())
            .map(
                node ->
                    node.node()
                        + node.complaints().stream()
                            .filter(Complaint::isError)
                            .findFirst()
                            .map(complaint -> ": " + complaint.sentence())
                            .orElse(""))
            .findFirst()
            .or(() -> Optional.of("no node has a script (sipscope.script.file)"));
  }
}
