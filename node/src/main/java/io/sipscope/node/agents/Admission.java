package io.sipscope.node.agents;

/// What a HEP packet is let in as, or why it is not.
public enum Admission {
  /// Let in; nobody asked who it is.
  UNASKED(""),
  /// Let in: it showed the key of the agent that it says it is.
  AUTHENTICATED(""),
  /// It says it is an agent that is not listed, or says nothing, and only listed ones are let in.
  UNKNOWN("agent-unknown"),
  /// It comes from an address that the agent it says it is never sends from.
  ADDRESS("agent-address"),
  /// It shows no key, or not that of the agent it says it is.
  KEY("agent-key"),
  /// It shows the right key, but its agent sends more a second than it may.
  RATE("agent-rate");

  private final String reason;

  Admission(String reason) {
    this.reason = reason;
  }

  public boolean isRefused() {
    return !reason.isEmpty();
  }

  /// Of a refusal, in kebab-case, for a counter; empty of the others.
  public String reason() {
    return reason;
  }
}
