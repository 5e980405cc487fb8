package io.sipscope.http.dialogs;

import java.util.Locale;

/// Whether what a call log calls somebody is who a SIP message names. A call log writes numbers
/// its own way: `+44 20 7946 0112`, `00442079460112` and `02079460112` are one.
final class Party {
  /// Digits at the end by which two numbers are one: what is before them is a prefix of a country,
  /// a trunk or a carrier.
  private static final int TELLING_DIGITS = 9;

  /// Numbers this short have no prefixes: extensions, emergency and service numbers.
  private static final int SHORT = 5;

  private Party() {}

  /// @param logged a number, a name, or an address of either
  /// @param address `user@host`
  static boolean isSame(String logged, String address) {
    var wanted = user(logged);
    var named = user(address);
    if (wanted.equalsIgnoreCase(named)) {
      return true;
    }
    var wantedDigits = digits(wanted);
    var namedDigits = digits(named);
    int least = Math.min(wantedDigits.length(), namedDigits.length());
    return least > SHORT && tail(wantedDigits, least).equals(tail(namedDigits, least));
  }

  private static String tail(String digits, int least) {
    return digits.substring(digits.length() - Math.min(least, TELLING_DIGITS));
  }

  private static String user(String text) {
    var address = text.strip();
    int scheme = address.toLowerCase(Locale.ROOT).startsWith("sip") ? address.indexOf(':') + 1 : 0;
    int at = address.indexOf('@', scheme);
    return address.substring(scheme, at < 0 ? address.length() : at);
  }

  /// The digits of a number without its national prefix; empty when it is no number.
  private static String digits(String user) {
    var digits = user.replaceAll("[\\s()./+-]", "");
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return "";
    }
    return digits.length() > SHORT ? digits.replaceFirst("^0+", "") : digits;
  }
}
