package io.sipscope.node.trace;

/// A destination takes nothing now, and is tried again: one sentence on why, without credentials.
class Away extends Exception {
  private static final long serialVersionUID = 1L;

  Away(String why, Throwable cause) {
    super(why, cause);
  }

  Away(String why) {
    super(why);
  }

  /// What a failure of the network says of itself, which some say only by their class.
  static String said(Throwable failure) {
    var message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
