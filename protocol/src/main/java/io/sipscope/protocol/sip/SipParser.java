package io.sipscope.protocol.sip;

import io.sipscope.protocol.Bytes;

/// Parses one SIP message (RFC 3261 §7, §25): the start line decides whether it is one, and the
/// headers cannot make it less than one, only defective.
///
/// It reads the bytes once, stores offsets and builds no text: see [HotHeaders].
public final class SipParser {
  /// How much of a wrong start line is worth telling.
  private static final int MAX_QUOTED = 40;

  private SipParser() {}

  public static Sip parse(Bytes bytes) {
    var array = bytes.array();
    int end = bytes.offset() + bytes.length();
    var first = FirstLine.read(array, bytes.offset(), end);
    if (!first.isThere()) {
      return malformed(bytes);
    }
    var hot = new HotHeaders(array, Line.after(array, first.end(), end), end);
    return new SipMessage(bytes, first, hot);
  }

  private static Sip.Malformed malformed(Bytes bytes) {
    var array = bytes.array();
    int end = bytes.offset() + bytes.length();
    int start = Span.skipBlanks(array, bytes.offset(), end);
    if (bytes.isEmpty()) {
      return new Sip.Malformed(0, "empty", "no bytes (a SIP message)");
    }
    if (start == end) {
      return new Sip.Malformed(
          0, "keep-alive", bytes.length() + " blank bytes (a SIP message; RFC 5626 §3.5.1)");
    }
    int lineEnd = Line.end(array, start, end);
    return new Sip.Malformed(
        start - bytes.offset(),
        "start-line",
        "\""
            + quoted(array, start, Math.min(lineEnd, start + MAX_QUOTED))
            + "\" (METHOD URI SIP/2.0, or SIP/2.0 STATUS)");
  }

  private static String quoted(byte[] array, int start, int end) {
    var text = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      text.append(array[i] >= ' ' && array[i] <= '~' ? (char) array[i] : '.');
    }
    return text.toString();
  }
}
