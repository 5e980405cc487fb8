package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;

/// The NUL bytes with which OpenSIPS ends every HEP1 and HEP2 datagram, 8 after IPv4 and 32 after
/// IPv6 addresses: its buffer counts the addresses twice. They are no part of the message.
final class Padding {
  private static final String CONTENT_LENGTH = "content-length";

  private Padding() {}

  /// The payload without trailing NULs; those that `Content-Length` claims for the body stay.
  static Bytes strippedFrom(Bytes payload) {
    int end = payload.length();
    while (end > 0 && payload.at(end - 1) == 0) {
      end--;
    }
    if (end == payload.length()) {
      return payload;
    }
    long claimed = claimedEnd(payload);
    return payload.slice(0, claimed <= payload.length() ? Math.max(end, (int) claimed) : end);
  }

  /// Where the body ends by the message's own words; 0 when it has none.
  private static long claimedEnd(Bytes payload) {
    long contentLength = 0;
    for (int line = 0; ; ) {
      int end = payload.indexOf((byte) '\n', line);
      if (end < 0) {
        return 0;
      }
      if (end == line || (end == line + 1 && payload.at(line) == '\r')) {
        return end + 1 + contentLength;
      }
      long value = contentLength(payload, line, end);
      contentLength = value < 0 ? contentLength : value;
      line = end + 1;
    }
  }

  /// The value of a `Content-Length` line (RFC 3261 §20.14, compact form `l`), or -1.
  private static long contentLength(Bytes payload, int from, int end) {
    int at = from;
    while (at < end && isLetter(payload.at(at))) {
      at++;
    }
    var name = payload.latin1(from, Math.min(at, from + CONTENT_LENGTH.length() + 1));
    if (!name.equalsIgnoreCase(CONTENT_LENGTH) && !name.equalsIgnoreCase("l")) {
      return -1;
    }
    at = afterBlanks(payload, at, end);
    if (at == end || payload.at(at) != ':') {
      return -1;
    }
    at = afterBlanks(payload, at + 1, end);
    long value = 0;
    int digits = 0;
    for (; at < end && payload.at(at) >= '0' && payload.at(at) <= '9' && digits < 10; digits++) {
      value = value * 10 + payload.at(at++) - '0';
    }
    return digits == 0 ? -1 : value;
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '-';
  }

  private static int afterBlanks(Bytes payload, int from, int end) {
    int at = from;
    while (at < end && (payload.at(at) == ' ' || payload.at(at) == '\t')) {
      at++;
    }
    return at;
  }
}
