package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;

/// The NUL bytes with which OpenSIPS ends every HEP1 and HEP2 datagram, 8 after IPv4 and 32 after
/// IPv6 addresses: its buffer counts the addresses twice. They are no part of the message.
final class Padding {
  private Padding() {}

  /// The payload without trailing NULs; those that `Content-Length` claims for the body stay.
  static Bytes strippedFrom(Bytes payload) {
    int end = payload.length();
    while (end > 0 && payload.at(end - 1) == 0) {
      end--;
    }
    return end == payload.length() ? payload : payload.slice(0, Math.max(end, claimedEnd(payload)));
  }

  /// Where the body ends by the message's own words; 0 when it has none, or claims bytes that are
  /// not there.
  private static int claimedEnd(Bytes payload) {
    if (!(SipParser.parse(payload) instanceof SipMessage message)) {
      return 0;
    }
    var body = message.body();
    return message.contentLength().orElse(-1) == body.length()
        ? body.offset() + body.length() - payload.offset()
        : 0;
  }
}
