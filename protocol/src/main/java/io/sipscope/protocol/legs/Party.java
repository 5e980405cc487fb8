package io.sipscope.protocol.legs;

import java.util.Locale;

/// Who calls or is called, as it is compared between legs: a B2BUA writes the same number with
/// `+`, with `00`, with its country or without.
final class Party {
  private static final String ANONYMOUS = "anonymous";
  private static final String SEPARATORS = "-.() ";

  private Party() {}

  /// The last digits of a number, another user part as it is in lower case; empty when there is
  /// none, or it is nobody in particular.
  ///
  /// @param address `user@host`, or a user part alone
  /// @param digits how many of the last ones count
  static String of(String address, int digits) {
    int at = address.lastIndexOf('@');
    var user = (at < 0 ? address : address.substring(0, at)).toLowerCase(Locale.ROOT);
    if (user.equals(ANONYMOUS) || user.equals("unavailable") || user.equals("restricted")) {
      return "";
    }
    return isNumber(user) ? number(user, digits) : user;
  }

  /// Whether it is a number that is not only compared by its end.
  static boolean isNumber(String user) {
    boolean digit = false;
    for (int i = 0; i < user.length(); i++) {
      char c = user.charAt(i);
      boolean isDigit = c >= '0' && c <= '9';
      if (!isDigit && SEPARATORS.indexOf(c) < 0 && !(c == '+' && i == 0)) {
        return false;
      }
      digit |= isDigit;
    }
    return digit;
  }

  private static String number(String user, int digits) {
    var plain = new StringBuilder(user.length());
    for (int i = 0; i < user.length(); i++) {
      char c = user.charAt(i);
      if (c >= '0' && c <= '9') {
        plain.append(c);
      }
    }
    if (plain.length() > digits) {
      return plain.substring(plain.length() - digits);
    }
    int zeros = 0;
    while (zeros < plain.length() - 1 && plain.charAt(zeros) == '0') {
      zeros++;
    }
    return plain.substring(zeros);
  }
}
