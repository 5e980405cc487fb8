package io.sipscope.node.script.engine;

import io.sipscope.http.script.Complaint;
import io.sipscope.node.script.compile.Probe;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Reads a script.
@FunctionalInterface
public interface ScriptLoader {
  Loaded load(String file, String text);

  /// What is wrong with a text that somebody sent.
  default List<Complaint> check(String file, String text) {
    return load(file, text).complaints();
  }

  sealed interface Loaded {
    /// Errors and warnings.
    List<Complaint> complaints();
  }

  /// @param watched the same, with a probe
  /// @param definitions what it defines that is read at the start only, a line each: trace ids,
  ///     groups of statistics
  /// @param complaints warnings
  record Accepted(
      Program program,
      Function<Probe, Program> watched,
      Set<String> definitions,
      int lines,
      List<Complaint> complaints)
      implements Loaded {
    public Accepted {
      definitions = Set.copyOf(definitions);
      complaints = List.copyOf(complaints);
    }
  }

  /// @param complaints one of them is an error
  record Refused(List<Complaint> complaints) implements Loaded {
    public Refused {
      complaints = List.copyOf(complaints);
    }
  }
}
