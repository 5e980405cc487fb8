package io.sipscope.node;

import java.util.List;

/// The policy script has errors: each with its place. It stops the start.
public final class BadScript extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> errors;

  /// @param errors as they are shown, of one line or more each
  public BadScript(List<String> errors) {
    super("the policy script has errors.\n" + String.join("\n", errors));
    this.errors = List.copyOf(errors);
  }

  /// As they are shown, of one line or more each.
  List<String> errors() {
    return errors;
  }
}
