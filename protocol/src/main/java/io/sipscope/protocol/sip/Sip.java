package io.sipscope.protocol.sip;

/// What bytes turn out to be: a [SipMessage], however odd its headers, or [Malformed].
public sealed interface Sip permits SipMessage, Sip.Malformed {

  /// Bytes that are no SIP message.
  ///
  /// @param offset where it went wrong
  /// @param reason a short constant in kebab-case, fit for a counter's name: `start-line`
  /// @param detail what was there (what was wanted), for a person
  record Malformed(int offset, String reason, String detail) implements Sip {}
}
