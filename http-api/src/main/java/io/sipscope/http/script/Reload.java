package io.sipscope.http.script;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  /// Why nothing was swapped, a line for each thing that is wrong and the node that it is wrong on;
  /// empty when it was.
  public Optional<String> why() {
    if (swapped) {
      return Optional.empty();
    }
    var lines = nodes.stream().filter(node -> !node.accepted()).flatMap(Reload::errors).toList();
    return Optional.of(
        lines.isEmpty() ? "no node has a script (sipscope.script.file)" : String.join("\n", lines));
  }

  private static Stream<String> errors(OnNode node) {
    return node.complaints().stream()
        .filter(Complaint::isError)
        .map(complaint -> node.node() + ": " + complaint.sentence());
  }
}
