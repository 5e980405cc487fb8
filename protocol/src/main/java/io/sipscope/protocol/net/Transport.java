package io.sipscope.protocol.net;

/// What carried a SIP message (RFC 3261 §18, RFC 4168, RFC 7118).
public enum Transport {
  UDP,
  TCP,
  TLS,
  SCTP,
  WS,
  WSS;

  /// As SIP and the API write it: lower case.
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
