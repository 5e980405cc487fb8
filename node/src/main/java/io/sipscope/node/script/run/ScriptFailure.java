package io.sipscope.node.script.run;

/// A statement that could not be carried out. What is thrown is counted at its place, and ends the
/// run unless it concerns the statement alone.
public final class ScriptFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean isAlone;

  /// Ends the run.
  ///
  /// @param sentence what is told to whoever wrote the script
  public ScriptFailure(String sentence) {
    this(sentence, /* isAlone */ false);
  }

  private ScriptFailure(String sentence, boolean isAlone) {
    super(sentence, null, /* suppression */ false, /* stack trace */ false);
    this.isAlone = isAlone;
  }

  /// By what somebody else sent, such as a web server that answers with no JSON: the run goes on,
  /// as in OpenSIPS.
  public static ScriptFailure alone(String sentence) {
    return new ScriptFailure(sentence, /* isAlone */ true);
  }

  public boolean isAlone() {
    return isAlone;
  }
}
