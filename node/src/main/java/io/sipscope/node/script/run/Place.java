package io.sipscope.node.script.run;

import io.sipscope.node.script.value.Value;

/// A pseudo-variable that can be assigned to.
public interface Place extends Term {
  /// `=`. Null unsets it.
  void write(Run run, Value value);

  /// `:=`, which `$json` reads as the text of a document; the same as `=` for any other.
  default void parse(Run run, Value value) {
    write(run, value);
  }
}
