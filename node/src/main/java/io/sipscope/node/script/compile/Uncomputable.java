package io.sipscope.node.script.compile;

import io.sipscope.node.script.tree.Position;

/// An expression without a value: the statement it stands in fails, and the next one runs.
final class Uncomputable extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Position at;

  Uncomputable(Position at, String sentence) {
    super(sentence, null, /* suppression */ false, /* stack trace */ false);
    this.at = at;
  }

  Position at() {
    return at;
  }
}
