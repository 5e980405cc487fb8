package io.sipscope.protocol.sip;

import java.nio.charset.StandardCharsets;

/// A range of an array in one `long`, so that the parser answers with two offsets and no object:
/// start in the high half, end (exclusive) in the low half.
final class Span {
  /// No range at all; an empty one has a start.
  static final long NONE = 0;

  private Span() {}

  static long of(int start, int end) {
    return (long) start << 32 | end;
  }

  static int start(long span) {
    return (int) (span >>> 32);
  }

  static int end(long span) {
    return (int) span;
  }

  static int length(long span) {
    return end(span) - start(span);
  }

  static boolean isEmpty(long span) {
    return end(span) == start(span);
  }

  /// The range without white space, line ends and NULs around it.
  static long trimmed(byte[] array, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isBlank(array[from])) {
      from++;
    }
    while (to > from && isBlank(array[to - 1])) {
      to--;
    }
    return of(from, to);
  }

  static int skipBlanks(byte[] array, int from, int end) {
    int at = from;
    while (at < end && isBlank(array[at])) {
      at++;
    }
    return at;
  }

  /// What may stand between tokens of a header value: LWS (RFC 3261 §25.1), which inside a span
  /// includes the line ends of folds, and the NULs some senders pad with.
  static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n' || octet == 0;
  }

  static int indexOf(byte[] array, char wanted, int from, int end) {
    for (int i = from; i < end; i++) {
      if (array[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /// Whether the range is this lower-case ASCII text, whatever its case.
  static boolean isIgnoringCase(byte[] array, int start, int end, String lowerCase) {
    return end - start == lowerCase.length() && startsIgnoringCase(array, start, end, lowerCase);
  }

  static boolean startsIgnoringCase(byte[] array, int start, int end, String lowerCase) {
    if (end - start < lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      int octet = array[start + i];
      int lower = octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
      if (lower != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The text of the range as UTF-8, what is no UTF-8 replaced.
  static String text(byte[] array, long span) {
    return isEmpty(span)
        ? ""
        : new String(array, start(span), length(span), StandardCharsets.UTF_8);
  }
}
