package io.sipscope.protocol.sip;

/// The first line of a SIP message (RFC 3261 §7.1, §7.2).
public sealed interface StartLine {

  /// `INVITE sip:bob@example.com SIP/2.0`; the method exactly as sent.
  record RequestLine(String method, String uri) implements StartLine {}

  /// `SIP/2.0 486 Busy Here`.
  record StatusLine(int status, String reason) implements StartLine {}
}
