package io.sipscope.protocol.sip;

/// Methods as text: one shared string for each that the registry knows, so that reading a method
/// allocates nothing and comparing it is mostly comparing references.
final class Method {
  private static final String[][] KNOWN_BY_LENGTH = {
    {},
    {},
    {},
    {"ACK", "BYE"},
    {"INFO"},
    {"PRACK", "REFER"},
    {"INVITE", "CANCEL", "NOTIFY", "UPDATE"},
    {"OPTIONS", "MESSAGE", "PUBLISH"},
    {"REGISTER"},
    {"SUBSCRIBE"}
  };

  private Method() {}

  static String text(byte[] array, long span) {
    int length = Span.length(span);
    if (length < KNOWN_BY_LENGTH.length) {
      for (var known : KNOWN_BY_LENGTH[length]) {
        if (is(array, Span.start(span), known)) {
          return known;
        }
      }
    }
    return Span.text(array, span);
  }

  private static boolean is(byte[] array, int start, String known) {
    for (int i = 0; i < known.length(); i++) {
      if (array[start + i] != known.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Whether the bytes are a token (RFC 3261 §25.1), as a method has to be.
  static boolean isToken(byte[] array, long span) {
    for (int i = Span.start(span); i < Span.end(span); i++) {
      int octet = array[i];
      boolean fits =
          (octet >= 'a' && octet <= 'z')
              || (octet >= 'A' && octet <= 'Z')
              || (octet >= '0' && octet <= '9')
              || (octet > 0 && "-.!%*_+`'~".indexOf(octet) >= 0);
      if (!fits) {
        return false;
      }
    }
    return !Span.isEmpty(span);
  }
}
