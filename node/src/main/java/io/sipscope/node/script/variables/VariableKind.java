package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Term;
import java.util.Optional;

/// A pseudo-variable by its name, `rm` of `$rm` or `hdr` of `$hdr(x)`: how what stands in its
/// parentheses makes something that can be read, and maybe written (then it is a
/// [io.sipscope.node.script.run.Place]).
public interface VariableKind {
  String name();

  Inner inner();

  /// Makes it for one place of a script.
  ///
  /// @throws Unusable when what is in the parentheses, as far as it is literal, makes no sense
  Term at(Argument argument) throws Unusable;

  /// Whether there are parentheses.
  enum Inner {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  /// What stands in the parentheses, and in the brackets after them: `$(hdr(Via)[1])`.
  ///
  /// @param text what stands there with its pseudo-variables put in; reads null when there are no
  ///     parentheses
  /// @param literal the same when it has no pseudo-variables; empty when it has, or there are none
  /// @param index reads null when there are no brackets
  record Argument(Term text, Optional<String> literal, Term index) {}

  /// Why it cannot be used so, one sentence.
  final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    public Unusable(String sentence) {
      super(sentence);
    }
  }
}
