package io.sipscope.protocol.sip;

/// Parameters of a header value, `;name=value` with LWS anywhere (RFC 3261 §25.1): where they
/// start and where one of them is. Quoted strings and angle brackets protect what is in them.
final class Params {
  private Params() {}

  /// The span of a parameter's value without quotes, from `from` until the value list goes on with
  /// a comma; [Span#NONE] when there is none.
  static long value(byte[] array, int from, int end, String lowerCaseName) {
    int at = from;
    while (at < end && array[at] != ',') {
      if (array[at] == '"') {
        at = afterQuoted(array, at, end);
      } else if (array[at] == ';') {
        int name = Span.skipBlanks(array, at + 1, end);
        int nameEnd = tokenEnd(array, name, end);
        int next = Span.skipBlanks(array, nameEnd, end);
        if (next < end
            && array[next] == '='
            && Span.isIgnoringCase(array, name, nameEnd, lowerCaseName)) {
          return valueAt(array, Span.skipBlanks(array, next + 1, end), end);
        }
        at = nameEnd;
      } else {
        at++;
      }
    }
    return Span.NONE;
  }

  private static long valueAt(byte[] array, int at, int end) {
    if (at < end && array[at] == '"') {
      int after = afterQuoted(array, at, end);
      boolean closed = after > at + 1 && array[after - 1] == '"';
      return Span.of(at + 1, closed ? after - 1 : after);
    }
    int valueEnd = at;
    while (valueEnd < end && !endsValue(array[valueEnd])) {
      valueEnd++;
    }
    return Span.of(at, valueEnd);
  }

  private static boolean endsValue(byte octet) {
    return octet == ';' || octet == ',' || octet == '>' || Span.isBlank(octet);
  }

  private static int tokenEnd(byte[] array, int from, int end) {
    int at = from;
    while (at < end
        && array[at] != '='
        && array[at] != ';'
        && array[at] != ','
        && array[at] != '"'
        && !Span.isBlank(array[at])) {
      at++;
    }
    return at;
  }

  /// The index after the quoted string that opens at `quote`; `end` when it never closes.
  static int afterQuoted(byte[] array, int quote, int end) {
    int at = quote + 1;
    while (at < end) {
      if (array[at] == '\\') {
        at += 2;
      } else if (array[at] == '"') {
        return at + 1;
      } else {
        at++;
      }
    }
    return end;
  }

  /// Where the `<` of a name-addr is, outside any quoted string; -1 in the addr-spec form. A quote
  /// that never closes protects nothing.
  static int leftAngle(byte[] array, int from, int end) {
    int at = from;
    while (at < end) {
      if (array[at] == '<') {
        return at;
      }
      if (array[at] == '"') {
        int after = afterQuoted(array, at, end);
        if (after == end && (end <= at + 1 || array[end - 1] != '"')) {
          return Span.indexOf(array, '<', at, end);
        }
        at = after;
      } else {
        at++;
      }
    }
    return -1;
  }

  /// Where the parameters of a From, To or Contact value start: after the `>`, or in the addr-spec
  /// form (and where the `>` is missing) at the first semicolon (RFC 3261 §20).
  static int start(byte[] array, int from, int end) {
    int left = leftAngle(array, from, end);
    int right = left < 0 ? -1 : Span.indexOf(array, '>', left, end);
    return right < 0 ? Math.max(from, left) : right + 1;
  }

  /// The end of the first of comma-separated values: the first comma outside quotes and angle
  /// brackets. What opens and never closes protects the rest, so that a list of such is read once.
  static int firstValueEnd(byte[] array, int from, int end) {
    int at = from;
    while (at < end && array[at] != ',') {
      if (array[at] == '"') {
        at = afterQuoted(array, at, end);
      } else if (array[at] == '<') {
        int right = Span.indexOf(array, '>', at, end);
        at = right < 0 ? end : right + 1;
      } else {
        at++;
      }
    }
    return at;
  }
}
