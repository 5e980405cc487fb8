package io.sipscope.protocol.sip;

/// Walks the header lines of a message in order, folds joined to the line they continue. It
/// advances with every step, so it is linear in the bytes whatever they are.
///
/// A line without a colon has an empty name and the whole line as its value.
final class HeaderLines {
  private final byte[] array;
  private final int end;
  private int at;

  private int nameStart;
  private int nameEnd;
  private int valueStart;
  private int valueEnd;
  private boolean ended;

  HeaderLines(byte[] array, int start, int end) {
    this.array = array;
    this.end = end;
    this.at = start;
  }

  /// Moves to the next line; false at the empty line that ends the headers, or where the bytes
  /// end.
  boolean next() {
    if (at >= end) {
      return false;
    }
    int start = at;
    int lineEnd = Line.end(array, start, end);
    int next = Line.after(array, lineEnd, end);
    if (lineEnd == start) {
      ended = true;
      at = next;
      return false;
    }
    while (Line.isFold(array, next, end)) {
      lineEnd = Line.end(array, next, end);
      next = Line.after(array, lineEnd, end);
    }
    at = next;
    valueEnd = lineEnd;
    int colon = Span.indexOf(array, ':', start, lineEnd);
    nameStart = start;
    if (colon < 0) {
      nameEnd = start;
      valueStart = start;
      return true;
    }
    valueStart = colon + 1;
    nameEnd = colon;
    while (nameEnd > start && Span.isBlank(array[nameEnd - 1])) {
      nameEnd--;
    }
    return true;
  }

  int nameStart() {
    return nameStart;
  }

  int nameEnd() {
    return nameEnd;
  }

  /// The value without what surrounds it; folds inside it are still there.
  long value() {
    return Span.trimmed(array, valueStart, valueEnd);
  }

  /// After the last line: whether an empty line ended the headers.
  boolean ended() {
    return ended;
  }

  /// Where the next line, or after the last one the body, starts.
  int position() {
    return at;
  }
}
