package io.sipscope.persistence.trace;

import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.util.Optional;

/// Addresses that a rule names: one (`192.0.2.1`), a block (`192.0.2.0/24`), or one with a port
/// (`192.0.2.1:5060`, IPv6 in brackets).
///
/// @param prefix how many bits count
/// @param port 0 = any
record Network(IpAddress address, int prefix, int port) {
  static Optional<Network> of(String text) {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      return IpAddress.parse(text.substring(0, slash))
          .flatMap(address -> block(address, text.substring(slash + 1)));
    }
    return IpAddress.parse(text)
        .map(address -> new Network(address, bits(address), 0))
        .or(() -> Endpoint.parse(text).map(Network::of));
  }

  private static Network of(Endpoint endpoint) {
    return new Network(endpoint.address(), bits(endpoint.address()), endpoint.port());
  }

  private static Optional<Network> block(IpAddress address, String prefix) {
    if (!prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bits(address)) {
      return Optional.empty();
    }
    return Optional.of(new Network(address, Integer.parseInt(prefix), 0));
  }

  private static int bits(IpAddress address) {
    return address.v6() ? 128 : 32;
  }

  /// As it is written: `192.0.2.1`, `192.0.2.0/24`, `[2001:db8::1]:5060`.
  String text() {
    if (port != 0) {
      return new Endpoint(address, port).toString();
    }
    return prefix == bits(address) ? address.toString() : address + "/" + prefix;
  }

  boolean holds(Endpoint endpoint) {
    var other = endpoint.address();
    if (address.v6() != other.v6() || (port != 0 && port != endpoint.port())) {
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
}
