package io.sipscope.protocol.stream;

import io.sipscope.protocol.Bytes;

/// Where a SIP message begins and ends among bytes (RFC 3261 §7, §18.3): start line, empty line,
/// Content-Length. Recognises by content alone; what the message says is for the parser.
///
/// Works on an array and a range in it, as streams grow in place; offsets are the array's.
public final class SipFraming {
  /// The longest start line looked at: some proxies put kilobytes of route state into a URI.
  static final int MAX_START_LINE = 8192;

  /// The answer of a search that ended at "no".
  static final int NO = -1;

  /// The answer of a search for which the bytes do not suffice yet.
  static final int MORE = -2;

  /// A Content-Length that is absent, or not a number.
  static final long NONE = -1;

  private static final int MAX_METHOD = 128;
  private static final int MAX_HEADER_NAME = 128;
  private static final int MAX_LENGTH_DIGITS = 10;
  private static final byte[] VERSION = {'S', 'I', 'P', '/', '2', '.', '0'};
  private static final byte[] CONTENT_LENGTH = {
    'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h'
  };
  private static final byte[] COMPACT_LENGTH = {'l'};

  private SipFraming() {}

  /// The SIP message in a datagram: from its start line (empty lines before it are keep-alives) to
  /// the end its Content-Length says, or else the datagram's (RFC 3261 §18.3). A Content-Length
  /// that ends inside a line is wrong, and the line is kept whole, as tshark does. Empty if the
  /// datagram holds no message.
  public static Bytes inDatagram(Bytes payload) {
    byte[] array = payload.array();
    int from = payload.offset();
    int to = from + payload.length();
    int start = skipLineBreaks(array, from, to);
    if (start == to || !isToken(array[start])) {
      return Bytes.EMPTY;
    }
    int line = startLine(array, start, to);
    if (line == NO || (line == MORE && !isStatusLine(array, start, to))) {
      return Bytes.EMPTY;
    }
    int body = line == MORE ? MORE : headerEnd(array, line - 1, to);
    long length = body == MORE ? NONE : contentLength(array, line, body);
    int end = length == NONE ? to : lineEndFrom(array, body, Math.min(to, body + length), to);
    return payload.slice(start - from, end - from);
  }

  private static int lineEndFrom(byte[] array, int body, long end, int to) {
    int at = (int) end;
    while (at > body && at < to && array[at - 1] != '\n') {
      at++;
    }
    return at;
  }

  static int skipLineBreaks(byte[] array, int from, int to) {
    int at = from;
    while (at < to && (array[at] == '\r' || array[at] == '\n')) {
      at++;
    }
    return at;
  }

  /// The offset behind the SIP start line that begins at `from`, or [#NO], or [#MORE].
  static int startLine(byte[] array, int from, int to) {
    int at = from;
    while (at < to && isToken(array[at])) {
      at++;
    }
    if (at == to) {
      return at - from > MAX_METHOD ? NO : MORE;
    }
    boolean status = array[at] == '/';
    if (at == from || at - from > MAX_METHOD || (array[at] != ' ' && !status)) {
      return NO;
    }
    if (status && !startsStatusLine(array, from, to)) {
      return NO;
    }
    int end = lineEnd(array, at, Math.min(to, from + MAX_START_LINE));
    if (end < 0) {
      return end == NO || to - from >= MAX_START_LINE ? NO : MORE;
    }
    return (status ? isStatusLine(array, from, end) : isRequestLine(array, at, end)) ? end : NO;
  }

  /// The same, and a header must follow: for places where text of all sorts may be.
  static int startLineAndHeader(byte[] array, int from, int to) {
    int line = startLine(array, from, to);
    if (line < 0) {
      return line;
    }
    int limit = Math.min(to, line + MAX_HEADER_NAME);
    int at = line;
    while (at < limit && isToken(array[at])) {
      at++;
    }
    boolean named = at > line;
    while (at < limit && isBlank(array[at])) {
      at++;
    }
    if (at == to) {
      return MORE;
    }
    return named && at < limit && array[at] == ':' ? line : NO;
  }

  /// Behind the line feed, or [#MORE], or [#NO] if there is a NUL, which no start line has.
  private static int lineEnd(byte[] array, int from, int to) {
    for (int at = from; at < to; at++) {
      if (array[at] == '\n') {
        return at + 1;
      }
      if (array[at] == 0) {
        return NO;
      }
    }
    return MORE;
  }

  /// Whether the bytes are `SIP/2.0 NNN`, as far as they go.
  private static boolean startsStatusLine(byte[] array, int from, int to) {
    for (int at = from; at < to && at < from + VERSION.length + 4; at++) {
      int i = at - from;
      boolean fits =
          i < VERSION.length
              ? upper(array[at]) == VERSION[i]
              : i == VERSION.length ? array[at] == ' ' : isDigit(array[at]);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isStatusLine(byte[] array, int from, int to) {
    int behind = from + VERSION.length + 4;
    return behind <= to
        && startsStatusLine(array, from, to)
        && (behind == to || array[behind] == ' ' || isLineBreak(array[behind]));
  }

  /// Whether the line goes on, behind its method, with a URI and `SIP/2.0`.
  private static boolean isRequestLine(byte[] array, int space, int end) {
    int last = end;
    while (last > space && (isLineBreak(array[last - 1]) || isBlank(array[last - 1]))) {
      last--;
    }
    int version = last - VERSION.length;
    if (version < space + 3 || array[version - 1] != ' ') {
      return false;
    }
    for (int i = 0; i < VERSION.length; i++) {
      if (upper(array[version + i]) != VERSION[i]) {
        return false;
      }
    }
    return true;
  }

  /// The offset behind the empty line that ends the headers, or [#MORE]. Lines may end in bare
  /// line feeds. `from` is at a line feed or before one.
  static int headerEnd(byte[] array, int from, int to) {
    for (int at = from; at < to; at++) {
      if (array[at] == '\n') {
        if (at + 1 < to && array[at + 1] == '\n') {
          return at + 2;
        }
        if (at + 2 < to && array[at + 1] == '\r' && array[at + 2] == '\n') {
          return at + 3;
        }
      }
    }
    return MORE;
  }

  /// The value of the first Content-Length or `l` among the header lines, or [#NONE].
  static long contentLength(byte[] array, int from, int to) {
    for (int line = from; line < to; ) {
      int value = afterName(array, line, to, CONTENT_LENGTH);
      if (value == NO) {
        value = afterName(array, line, to, COMPACT_LENGTH);
      }
      if (value != NO) {
        return number(array, value, to);
      }
      while (line < to && array[line] != '\n') {
        line++;
      }
      line++;
    }
    return NONE;
  }

  private static int afterName(byte[] array, int from, int to, byte[] name) {
    if (from + name.length >= to) {
      return NO;
    }
    for (int i = 0; i < name.length; i++) {
      if (lower(array[from + i]) != name[i]) {
        return NO;
      }
    }
    int at = from + name.length;
    while (at < to && isBlank(array[at])) {
      at++;
    }
    return at < to && array[at] == ':' ? at + 1 : NO;
  }

  /// Digits behind white space, which may hold a fold (RFC 3261 §7.3.1).
  private static long number(byte[] array, int from, int to) {
    int at = from;
    while (at < to && (isBlank(array[at]) || (isLineBreak(array[at]) && folds(array, at, to)))) {
      at++;
    }
    long value = 0;
    int digits = 0;
    while (at < to && isDigit(array[at])) {
      if (++digits > MAX_LENGTH_DIGITS) {
        return NONE;
      }
      value = value * 10 + (array[at++] - '0');
    }
    while (at < to && isBlank(array[at])) {
      at++;
    }
    return digits > 0 && at < to && isLineBreak(array[at]) ? value : NONE;
  }

  private static boolean folds(byte[] array, int at, int to) {
    int next = array[at] == '\r' && at + 1 < to && array[at + 1] == '\n' ? at + 2 : at + 1;
    return next < to && isBlank(array[next]);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isLineBreak(byte b) {
    return b == '\r' || b == '\n';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static int upper(byte b) {
    return b >= 'a' && b <= 'z' ? b - 0x20 : b;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 0x20 : b;
  }

  /// RFC 3261 §25.1: `token`.
  static boolean isToken(byte b) {
    return switch (b) {
      case '-', '.', '!', '%', '*', '_', '+', '`', '\'', '~' -> true;
      default -> isDigit(b) || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    };
  }
}
