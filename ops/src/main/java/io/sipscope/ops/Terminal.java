package io.sipscope.ops;

/// What standard output and standard error are connected to. The launcher looks, since the JVM can
/// only tell for both of its ends together.
///
/// @param out standard output is a terminal
/// @param err standard error is a terminal
/// @param colour the user has not asked for none (`NO_COLOR`, any value)
record Terminal(boolean out, boolean err, boolean colour) {

  static Terminal ofThisProcess() {
    var noColor = System.getenv("NO_COLOR");
    return new Terminal(
        Boolean.getBoolean("sipscope.terminal.out"),
        Boolean.getBoolean("sipscope.terminal.err"),
        noColor == null || noColor.isEmpty());
  }

  boolean colouredOut() {
    return out && colour;
  }
}
