package io.sipscope.node.script.compile;

import io.sipscope.node.script.grammar.Complaint;
import java.util.List;

/// What comes of reading a script.
public sealed interface Outcome permits Script, Outcome.Refused {
  /// At least one is an error.
  record Refused(List<Complaint> complaints) implements Outcome {
    public Refused {
      complaints = List.copyOf(complaints);
    }
  }
}
