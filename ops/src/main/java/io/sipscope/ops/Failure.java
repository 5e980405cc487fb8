package io.sipscope.ops;

/// A command cannot go on, for a reason its user can do something about; the message is one
/// sentence that says what.
class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  Failure(String message) {
    super(message);
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
