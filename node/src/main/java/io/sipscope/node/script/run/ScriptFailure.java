package io.sipscope.node.script.run;

/// A run that cannot go on. Thrown inside the engine only, without a stack trace: whoever runs a
/// route turns it into a counted failure of its place.
public final class ScriptFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param sentence what went wrong
  public ScriptFailure(String sentence) {
    super(sentence, null, /* suppression */ false, /* stack trace */ false);
  }
}
