package io.sipscope.node.script.compile;

import io.sipscope.node.script.grammar.Complaint;
import io.sipscope.node.script.grammar.Complaints;
import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.tree.ScriptTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A script as far as its grammar goes. What it names is looked at by itself, as often as something
/// else is known of what there is: its text is read once.
public final class ParsedScript {
  private final String fileName;
  private final String text;
  private final Optional<ScriptTree> tree;
  private final Complaints complaints;

  ParsedScript(String fileName, String text, Optional<ScriptTree> tree, Complaints complaints) {
    this.fileName = fileName;
    this.text = text;
    this.tree = tree;
    this.complaints = complaints;
  }

  public String text() {
    return text;
  }

  /// Says whether it can run with what there is.
  public Outcome judged(Registry registry) {
    var said = complaints.copy();
    tree.ifPresent(whole -> ProgramBuilder.check(whole, registry, said));
    return tree.isEmpty() || said.hasErrors()
        ? new Outcome.Refused(said.all())
        : new Script(fileName, text, tree.get(), registry, said.all());
  }

  /// Complaints about places of it that its grammar says nothing of.
  ///
  /// @param errors a sentence for each place
  public List<Complaint> complaints(Map<Position, String> errors) {
    var said = complaints.copy();
    errors.forEach(said::error);
    return said.all().stream().filter(Complaint::isError).toList();
  }
}
