package io.sipscope.protocol.verdict;

import io.sipscope.protocol.net.IpAddress;
import java.util.List;

/// From where an address can be reached.
final class Reach {
  /// How a host in a Contact that is private may begin: what no such is need not be read.
  private static final List<String> BEGINNINGS =
      List.of("10.", "172.", "192.168.", "100.", "169.254.", "127.", "0.", "[");

  private Reach() {}

  /// Whether a Contact may name a private address; most do not, and are not read for it.
  static boolean mayBePrivate(String contact) {
    for (int at = 0; at < contact.length(); at++) {
      char before = contact.charAt(at);
      if (before == '@' || before == ':') {
        for (var beginning : BEGINNINGS) {
          if (contact.startsWith(beginning, at + 1)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Whether it means something only in a network of its own: RFC 1918, RFC 6598, link-local (RFC
  /// 3927), loopback, unspecified; unique local (RFC 4193) and the like of IPv6.
  static boolean isPrivate(IpAddress address) {
    if (address.v6()) {
      int top = (int) (address.high() >>> 48);
      return (top & 0xfe00) == 0xfc00
          || (top & 0xffc0) == 0xfe80
          || (address.high() == 0 && (address.low() == 0 || address.low() == 1));
    }
    int high = (int) (address.low() >>> 24);
    int two = (int) (address.low() >>> 16);
    return high == 10
        || high == 127
        || high == 0
        || (two & 0xfff0) == 0xac10
        || two == 0xc0a8
        || (two & 0xffc0) == 0x6440
        || two == 0xa9fe;
  }
}
