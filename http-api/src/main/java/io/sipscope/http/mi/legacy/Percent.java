package io.sipscope.http.mi.legacy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Percent-decoding that takes whatever comes: what is no escape stays as it is.
final class Percent {
  private Percent() {}

  /// @param plusIsBlank as in a query
  static String decoded(String text, boolean plusIsBlank) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2])) {
        decoded.write(Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16));
        i += 2;
      } else {
        decoded.write(bytes[i] == '+' && plusIsBlank ? ' ' : bytes[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static boolean isHex(byte digit) {
    return Character.digit(digit, 16) >= 0;
  }
}
