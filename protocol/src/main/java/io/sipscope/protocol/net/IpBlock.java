package io.sipscope.protocol.net;

import java.util.Optional;

/// A block of addresses (CIDR, RFC 4632): those whose first `prefix` of 32 or 128 bits are these.
public record IpBlock(IpAddress address, int prefix) {

  /// Reads `192.0.2.1`, `192.0.2.0/24` or `2001:db8::/32`; empty when it is none of them.
  public static Optional<IpBlock> parse(String text) {
    int slash = text.indexOf('/');
    return IpAddress.parse(slash < 0 ? text : text.substring(0, slash))
        .flatMap(
            address -> {
              int bits = bits(address);
              int prefix = slash < 0 ? bits : number(text.substring(slash + 1));
              return prefix < 0 || prefix > bits
                  ? Optional.empty()
                  : Optional.of(new IpBlock(address, prefix));
            });
  }

  /// The block that has one address.
  public static IpBlock of(IpAddress address) {
    return new IpBlock(address, bits(address));
  }

  private static int bits(IpAddress address) {
    return address.v6() ? 128 : 32;
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }

  public boolean holds(IpAddress other) {
    if (address.v6() != other.v6()) {
      return false;
    }
    if (!address.v6()) {
      return prefix == 0 || (address.low() ^ other.low()) >>> (32 - prefix) == 0;
    }
    int high = Math.min(prefix, 64);
    int low = prefix - high;
    return (high == 0 || (address.high() ^ other.high()) >>> (64 - high) == 0)
        && (low == 0 || (address.low() ^ other.low()) >>> (64 - low) == 0);
  }

  /// As it is written: `192.0.2.1`, `192.0.2.0/24`.
  @Override
  public String toString() {
    return prefix == bits(address) ? address.toString() : address + "/" + prefix;
  }
}
