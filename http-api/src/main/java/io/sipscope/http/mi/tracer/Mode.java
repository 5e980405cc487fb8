package io.sipscope.http.mi.tracer;

import java.util.Optional;

/// `on` and `off`, in any case.
final class Mode {
  private Mode() {}

  static Optional<Boolean> of(String text) {
    if (text.equalsIgnoreCase("on")) {
      return Optional.of(true);
    }
    return text.equalsIgnoreCase("off") ? Optional.of(false) : Optional.empty();
  }

  static String text(boolean on) {
    return on ? "on" : "off";
  }
}
