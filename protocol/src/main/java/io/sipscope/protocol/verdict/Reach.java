package io.sipscope.protocol.verdict;

import io.sipscope.protocol.net.IpAddress;

/// From where an address can be reached.
final class Reach {
  private Reach() {}

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
