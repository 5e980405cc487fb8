package io.sipscope.node.script.compile;

import io.sipscope.node.script.grammar.Complaint;
import io.sipscope.node.script.tree.Calls;
import io.sipscope.node.script.tree.Expression;
import io.sipscope.node.script.tree.ScriptTree;
import io.sipscope.node.script.tree.ScriptTree.Global;
import io.sipscope.node.script.tree.ScriptTree.Modparam;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A script without errors.
///
/// @param fileName as it was read
/// @param text of the file itself, without those it includes
/// @param warnings what is strange in it
public record Script(
    String fileName, String text, ScriptTree tree, Registry registry, List<Complaint> warnings)
    implements Outcome {
  public Script {
    warnings = List.copyOf(warnings);
  }

  public List<Modparam> modparams() {
    return tree.modparams();
  }

  public List<Global> globals() {
    return tree.globals();
  }

  public int lines() {
    return (int) text.lines().count();
  }

  /// The events that it raises by a name that is written in it.
  public Set<String> events() {
    return Calls.of(tree)
        .filter(call -> call.name().equals("raise_event") && !call.arguments().isEmpty())
        .flatMap(call -> call.arguments().getFirst().stream())
        .flatMap(
            name ->
                switch (name) {
                  case Expression.Text text -> text.literal().stream();
                  case Expression.Name(_, var word) -> Stream.of(word);
                  default -> Stream.empty();
                })
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Something that runs it.
  ///
  /// @param failures hears of what fails while it runs
  public Program program(Failures failures) {
    return ProgramBuilder.build(tree, registry, failures, Optional.empty());
  }

  /// The same, watched.
  public Program program(Failures failures, Probe probe) {
    return ProgramBuilder.build(tree, registry, failures, Optional.of(probe));
  }
}
