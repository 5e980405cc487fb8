package io.sipscope.persistence.statistics;

/// What a statistic is.
///
/// @param unit what it counts or measures, in the plural: `messages`, `bytes`, `seconds`, `percent`
/// @param hidden left out of `all` and of its group; answered when it is named
/// @param meaning one sentence
public record Description(Kind kind, String unit, Across across, boolean hidden, String meaning) {

  /// Whether what a node counted stays in the sum when the node left.
  boolean outlivesItsNode() {
    return kind == Kind.COUNTER || across == Across.LASTING;
  }

  /// Of a name that nobody described.
  static Description unknown(Kind kind) {
    return new Description(kind, "", Across.SUM, false, "");
  }

  /// Of what the policy script counts.
  static Description counter(String meaning) {
    return new Description(Kind.COUNTER, "events", Across.SUM, false, meaning);
  }
}
