package io.sipscope.protocol.sip;

import io.sipscope.protocol.Bytes;

/// Parses one SIP message (RFC 3261 §7, §25).
public final class SipParser {
  private SipParser() {}

  public static Sip parse(Bytes bytes) {
    return null;
  }
}
