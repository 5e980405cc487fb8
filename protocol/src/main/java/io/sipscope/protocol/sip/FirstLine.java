package io.sipscope.protocol.sip;

/// Where the parts of the start line are (RFC 3261 §7.1, §7.2, §25.1). Lenient where the meaning is
/// plain: any case of `SIP`, any version, any white space between the parts and at the end.
///
/// @param end where the line ends
/// @param version the digits and dot of `SIP/2.0`
/// @param method empty for a response
/// @param uri of a request
/// @param status the digits; empty for a request
/// @param reason of a response
record FirstLine(
    int start, int end, long version, long method, long uri, long status, long reason) {
  static final FirstLine NONE = new FirstLine(0, 0, 0, 0, 0, 0, 0);

  boolean isThere() {
    return end > start;
  }

  boolean isRequest() {
    return !Span.isEmpty(method);
  }

  /// Reads the line that starts at the first byte that is no blank; [#NONE] when it is no start
  /// line.
  static FirstLine read(byte[] array, int from, int to) {
    int start = Span.skipBlanks(array, from, to);
    int end = Line.end(array, start, to);
    int version = versionEnd(array, start, end);
    return version > 0 ? statusLine(array, start, end, version) : requestLine(array, start, end);
  }

  private static FirstLine statusLine(byte[] array, int start, int end, int versionEnd) {
    int status = Span.skipBlanks(array, versionEnd, end);
    int statusEnd = Digits.end(array, status, end);
    boolean apart = statusEnd == end || Span.isBlank(array[statusEnd]);
    if (status == versionEnd || statusEnd == status || !apart) {
      return NONE;
    }
    return new FirstLine(
        start,
        end,
        Span.of(start + 4, versionEnd),
        Span.NONE,
        Span.NONE,
        Span.of(status, statusEnd),
        Span.trimmed(array, statusEnd, end));
  }

  /// The method is the first word, the version the last, and the URI what is between them, even
  /// where it has spaces (RFC 4475 §3.1.2.10).
  private static FirstLine requestLine(byte[] array, int start, int end) {
    int methodEnd = start;
    while (methodEnd < end && !Span.isBlank(array[methodEnd])) {
      methodEnd++;
    }
    int lineEnd = end;
    while (lineEnd > methodEnd && Span.isBlank(array[lineEnd - 1])) {
      lineEnd--;
    }
    int version = lineEnd;
    while (version > methodEnd && !Span.isBlank(array[version - 1])) {
      version--;
    }
    if (methodEnd == start || versionEnd(array, version, lineEnd) != lineEnd) {
      return NONE;
    }
    long uri = Span.trimmed(array, methodEnd, version);
    if (Span.isEmpty(uri)) {
      uri = Span.of(gluedUri(array, start, methodEnd), methodEnd);
      methodEnd = Span.start(uri);
    }
    return Span.isEmpty(uri)
        ? NONE
        : new FirstLine(
            start,
            end,
            Span.of(version + 4, lineEnd),
            Span.of(start, methodEnd),
            uri,
            Span.NONE,
            Span.NONE);
  }

  /// Where a URI starts that follows its method without the space between them; `end` when none
  /// does.
  private static int gluedUri(byte[] array, int start, int end) {
    for (int at = start + 1; at < end; at++) {
      if (Span.startsIgnoringCase(array, at, end, "sip:")
          || Span.startsIgnoringCase(array, at, end, "sips:")) {
        return at;
      }
    }
    return end;
  }

  /// Where `SIP/`, digits, a dot and digits end; -1 when they are not there.
  private static int versionEnd(byte[] array, int from, int end) {
    if (!Span.startsIgnoringCase(array, from, end, "sip/")) {
      return -1;
    }
    int major = from + 4;
    int dot = Digits.end(array, major, end);
    int minor = dot + 1;
    int minorEnd = Digits.end(array, minor, end);
    return dot > major && dot < end && array[dot] == '.' && minorEnd > minor ? minorEnd : -1;
  }
}
