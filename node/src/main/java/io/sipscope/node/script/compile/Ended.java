package io.sipscope.node.script.compile;

/// A function in the middle of an expression gave 0: nothing of the script runs on.
final class Ended extends RuntimeException {
  private static final long serialVersionUID = 1;

  Ended() {
    super("ended", null, /* suppression */ false, /* stack trace */ false);
  }
}
