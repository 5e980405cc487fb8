package io.sipscope.persistence.trace;

import java.util.Optional;

/// Which side of the traced element is traced.
public enum TraceLegs {
  BOTH,
  /// Between whoever sent the request that began the trace, and the element.
  CALLER,
  /// What is not between them.
  CALLEE;

  /// Reads flags: `C` is the caller's side only, `c` the callee's side only, none or both of them
  /// are both. Blanks are passed over; empty for any other letter.
  public static Optional<TraceLegs> of(String flags) {
    boolean caller = false;
    boolean callee = false;
    for (int i = 0; i < flags.length(); i++) {
      switch (flags.charAt(i)) {
        case 'C' -> caller = true;
        case 'c' -> callee = true;
        case ' ', '\t' -> {} // between them
        default -> {
          return Optional.empty();
        }
      }
    }
    if (caller == callee) {
      return Optional.of(BOTH);
    }
    return Optional.of(caller ? CALLER : CALLEE);
  }
}
