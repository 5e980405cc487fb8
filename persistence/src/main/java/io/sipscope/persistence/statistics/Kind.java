package io.sipscope.persistence.statistics;

/// What sort of number a statistic is.
public enum Kind {
  /// Counts up until it is reset: OpenSIPS's `incremental`.
  COUNTER,
  /// Goes up and down as things come and go, and cannot be reset (`NO_RESET`).
  GAUGE,
  /// Worked out when it is read, and cannot be reset (`IS_FUNC`).
  COMPUTED;

  public boolean isResettable() {
    return this == COUNTER;
  }

  /// As `list_statistics` has it.
  public String flavour() {
    return this == COUNTER ? "incremental" : "non-incremental";
  }
}
