package io.sipscope.protocol.sip;

/// What routes and counts a message, found in one pass over its headers: where the values are, not
/// what they say. The first of several headers counts.
final class HotHeaders {
  private final byte[] array;
  long callId;
  long cseq;
  long from;
  long to;
  long via;
  long contact;
  long contentType;
  long contentLength;
  final int bodyStart;

  /// Whether an empty line ended the headers.
  final boolean ended;

  HotHeaders(byte[] array, int start, int end) {
    this.array = array;
    var line = new HeaderLines(array, start, end);
    while (line.next()) {
      take(line);
    }
    bodyStart = line.position();
    ended = line.ended();
  }

  /// Sorts by first letter and length, so that a header nobody asked for costs two comparisons.
  private void take(HeaderLines line) {
    int start = line.nameStart();
    int end = line.nameEnd();
    int length = end - start;
    if (length == 0) {
      return;
    }
    switch (array[start] | 0x20) {
      case 'c' -> {
        switch (length) {
          case 1 -> contentType = first(contentType, line);
          case 4 -> cseq = named("cseq", cseq, line);
          case 7 ->
          // Call-ID and Contact differ in their second letter
          {
            callId = named("call-id", callId, line);
            contact = named("contact", contact, line);
          }
          case 12 -> contentType = named("content-type", contentType, line);
          case 14 -> contentLength = named("content-length", contentLength, line);
          default -> {}
        }
      }
      case 'f' -> from = length == 1 ? first(from, line) : named("from", from, line);
      case 't' -> to = length == 1 ? first(to, line) : named("to", to, line);
      case 'v' -> via = length == 1 ? first(via, line) : named("via", via, line);
      case 'i' -> callId = length == 1 ? first(callId, line) : callId;
      case 'm' -> contact = length == 1 ? first(contact, line) : contact;
      case 'l' -> contentLength = length == 1 ? first(contentLength, line) : contentLength;
      default -> {}
    }
  }

  private long named(String name, long known, HeaderLines line) {
    return known == Span.NONE && Span.isIgnoringCase(array, line.nameStart(), line.nameEnd(), name)
        ? line.value()
        : known;
  }

  private static long first(long known, HeaderLines line) {
    return known == Span.NONE ? line.value() : known;
  }

  long tag(long address) {
    if (address == Span.NONE) {
      return Span.NONE;
    }
    int start = Params.start(array, Span.start(address), Span.end(address));
    return Params.value(array, start, Span.end(address), "tag");
  }
}
