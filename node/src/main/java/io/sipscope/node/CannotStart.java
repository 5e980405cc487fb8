package io.sipscope.node;

/// A node did not start, for a reason its operator can do something about: the message is one
/// sentence that says what.
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotStart(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
