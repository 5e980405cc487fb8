package io.sipscope.persistence.trace;

/// What reading a text came to: never an exception.
public sealed interface Reading<T> {
  record Good<T>(T value) implements Reading<T> {}

  /// @param reason what was there (what was wanted), no password in it
  record Bad<T>(String reason) implements Reading<T> {}

  static <T> Reading<T> good(T value) {
    return new Good<>(value);
  }

  static <T> Reading<T> bad(String reason) {
    return new Bad<>(reason);
  }
}
