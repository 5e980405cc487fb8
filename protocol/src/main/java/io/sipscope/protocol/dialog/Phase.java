package io.sipscope.protocol.dialog;

/// How far a dialog has come (RFC 3261 §12, §13, §17).
public enum Phase {
  TRYING,
  EARLY,
  CONFIRMED,
  TERMINATED,
  FAILED,
  CANCELLED,
  EXPIRED;

  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
