package io.sipscope.persistence.statistics;

/// An average or a share, not divided yet: those of several nodes come together exactly.
///
/// @param denominator how many values, or how much in all; 0 = none so far
public record Fraction(long numerator, long denominator) {
  public static final Fraction NONE = new Fraction(0, 0);

  Fraction plus(Fraction other) {
    return new Fraction(numerator + other.numerator, denominator + other.denominator);
  }

  /// Cut to a whole number; 0 where there is none.
  long value() {
    return denominator == 0 ? 0 : numerator / denominator;
  }
}
