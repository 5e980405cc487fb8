package io.sipscope.protocol.link;

import java.util.Locale;
import java.util.Optional;

/// Reads a Session-ID: `ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2`
/// (RFC 7989 §5), or one UUID alone (RFC 7329). Hyphens and upper case are none of the standard's,
/// and are read all the same.
final class SessionId {
  private static final int DIGITS = 32;
  private static final String NIL = "0".repeat(DIGITS);
  private static final String REMOTE = "remote";

  private SessionId() {}

  /// Empty when both sides are nil, or it is no Session-ID.
  static Optional<Link.Session> of(String value) {
    var parts = value.split(";", -1);
    var local = uuid(parts[0]);
    var remote = "";
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0 && parts[i].substring(0, equals).strip().equalsIgnoreCase(REMOTE)) {
        remote = uuid(parts[i].substring(equals + 1));
      }
    }
    return local.isEmpty() && remote.isEmpty()
        ? Optional.empty()
        : Optional.of(new Link.Session(local, remote));
  }

  /// Empty when it is nil or none.
  private static String uuid(String text) {
    var digits = text.strip().replace("-", "").toLowerCase(Locale.ROOT);
    boolean hex =
        digits.length() == DIGITS
            && digits.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    return hex && !digits.equals(NIL) ? digits : "";
  }
}
