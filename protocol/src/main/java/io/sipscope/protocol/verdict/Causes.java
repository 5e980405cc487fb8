package io.sipscope.protocol.verdict;

import java.util.Locale;
import java.util.Map;

/// What a Reason header says (RFC 3326): SIP status codes, and the causes of ITU-T Q.850.
final class Causes {
  private static final Map<Integer, String> Q850 =
      Map.ofEntries(
          Map.entry(1, "unallocated number"),
          Map.entry(2, "no route to transit network"),
          Map.entry(3, "no route to destination"),
          Map.entry(16, "normal call clearing"),
          Map.entry(17, "user busy"),
          Map.entry(18, "no user responding"),
          Map.entry(19, "no answer from user"),
          Map.entry(20, "subscriber absent"),
          Map.entry(21, "call rejected"),
          Map.entry(22, "number changed"),
          Map.entry(26, "answered elsewhere"),
          Map.entry(27, "destination out of order"),
          Map.entry(28, "invalid number format"),
          Map.entry(29, "facility rejected"),
          Map.entry(31, "normal, unspecified"),
          Map.entry(34, "no circuit available"),
          Map.entry(38, "network out of order"),
          Map.entry(41, "temporary failure"),
          Map.entry(42, "switching equipment congestion"),
          Map.entry(44, "requested circuit not available"),
          Map.entry(47, "resource unavailable"),
          Map.entry(50, "requested facility not subscribed"),
          Map.entry(55, "incoming calls barred"),
          Map.entry(57, "bearer capability not authorized"),
          Map.entry(58, "bearer capability not available"),
          Map.entry(63, "service not available"),
          Map.entry(65, "bearer capability not implemented"),
          Map.entry(79, "service not implemented"),
          Map.entry(88, "incompatible destination"),
          Map.entry(102, "recovery on timer expiry"),
          Map.entry(111, "protocol error"),
          Map.entry(127, "interworking, unspecified"));

  /// Clearings that belong to a normal call: none given, 16, 17, 26 and 31.
  private static final int[] NORMAL = {0, 16, 17, 26, 31};

  private static final int MAX_DIGITS = 3;

  private Causes() {}

  /// Whether a Reason tells of something else than that somebody hung up.
  static boolean isAbnormal(String reason) {
    if (reason.isEmpty()) {
      return false;
    }
    int cause = cause(reason);
    if (isQ850(reason)) {
      for (int normal : NORMAL) {
        if (cause == normal) {
          return false;
        }
      }
      return true;
    }
    return isSip(reason) && cause >= 400 && cause != 487 && cause != 603 && cause != 486;
  }

  /// Whether a CANCEL was sent because another fork had answered (RFC 3326 §3.1).
  static boolean isAnsweredElsewhere(String reason) {
    return (isSip(reason) && cause(reason) / 100 == 2)
        || (isQ850(reason) && cause(reason) == 26)
        || reason.toLowerCase(Locale.ROOT).contains("elsewhere");
  }

  /// `Q.850 cause 38, network out of order`; what it says where it is neither.
  static String name(String reason) {
    int cause = cause(reason);
    if (isQ850(reason)) {
      return "Q.850 cause " + cause + (Q850.containsKey(cause) ? ", " + Q850.get(cause) : "");
    }
    return isSip(reason) ? "SIP cause " + cause : Words.quoted(reason);
  }

  private static boolean isQ850(String reason) {
    return reason.regionMatches(true, 0, "Q.850", 0, 5);
  }

  private static boolean isSip(String reason) {
    return reason.regionMatches(true, 0, "SIP", 0, 3);
  }

  /// 0 when it gives none.
  private static int cause(String reason) {
    int at = reason.toLowerCase(Locale.ROOT).indexOf("cause");
    if (at < 0) {
      return 0;
    }
    at += "cause".length();
    while (at < reason.length() && (reason.charAt(at) == ' ' || reason.charAt(at) == '=')) {
      at++;
    }
    int value = 0;
    for (int i = at; i < reason.length() && i < at + MAX_DIGITS; i++) {
      int digit = reason.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
