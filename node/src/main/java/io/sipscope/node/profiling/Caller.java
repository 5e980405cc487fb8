package io.sipscope.node.profiling;

/// Who called into this package: what OpenSIPS tells as `file`, a function, and the line in it.
///
/// @param function `Ingest.arrivals`
record Caller(String function, int line) {
  private static final StackWalker STACK = StackWalker.getInstance();
  private static final String HERE = Caller.class.getPackageName() + ".";
  private static final String LAMBDA = "lambda$";

  static Caller find() {
    return STACK
        .walk(
            frames ->
                frames
                    .filter(frame -> !frame.getClassName().startsWith(HERE))
                    .findFirst()
                    .map(Caller::of))
        .orElse(new Caller("", 0));
  }

  private static Caller of(StackWalker.StackFrame frame) {
    var type = frame.getClassName();
    var method = frame.getMethodName();
    var name = method.startsWith(LAMBDA) ? method.split("\\$", -1)[1] : method;
    return new Caller(
        type.substring(type.lastIndexOf('.') + 1) + "." + name, Math.max(0, frame.getLineNumber()));
  }
}
