package io.sipscope.protocol.sip;

/// Decimal numbers in bytes.
final class Digits {
  /// Eighteen digits always fit a `long`.
  private static final int MAX_DIGITS = 18;

  private Digits() {}

  static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }

  /// Where the digits that start at `from` end.
  static int end(byte[] array, int from, int end) {
    int at = from;
    while (at < end && isDigit(array[at])) {
      at++;
    }
    return at;
  }

  /// The value of digits; -1 when there are none, a byte is no digit, or the number is too long to
  /// mean anything.
  static long value(byte[] array, int from, int end) {
    int first = from;
    while (first < end - 1 && array[first] == '0') {
      first++;
    }
    if (first >= end || end - first > MAX_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = first; i < end; i++) {
      if (!isDigit(array[i])) {
        return -1;
      }
      value = value * 10 + array[i] - '0';
    }
    return value;
  }
}
