package io.sipscope.node.script.run;

/// How the statements of a route came to an end.
public enum Halt {
  /// They did not: the next one runs.
  NONE,
  /// `return`: the route that called this one goes on.
  RETURN,
  /// `break` of a switch or loop.
  BREAK,
  /// `exit`, `drop`, a function that gave 0, or a run that failed: nothing of the script runs on.
  EXIT
}
