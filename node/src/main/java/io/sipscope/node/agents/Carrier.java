package io.sipscope.node.agents;

/// What brings HEP to us.
public enum Carrier {
  UDP("udp"),
  TCP("tcp"),
  TLS("tls");

  private final String text;

  Carrier(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
