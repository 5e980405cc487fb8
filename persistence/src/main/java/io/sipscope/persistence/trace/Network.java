package io.sipscope.persistence.trace;

import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpBlock;
import java.util.Optional;

/// Addresses that a rule names: one (`192.0.2.1`), a block (`192.0.2.0/24`), or one with a port
/// (`192.0.2.1:5060`, IPv6 in brackets).
///
/// @param port 0 = any
record Network(IpBlock block, int port) {
  static Optional<Network> of(String text) {
    return IpBlock.parse(text)
        .map(block -> new Network(block, 0))
        .or(() -> Endpoint.parse(text).map(Network::of));
  }

  private static Network of(Endpoint endpoint) {
    return new Network(IpBlock.of(endpoint.address()), endpoint.port());
  }

  /// As it is written: `192.0.2.1`, `192.0.2.0/24`, `[2001:db8::1]:5060`.
  String text() {
    return port == 0 ? block.toString() : new Endpoint(block.address(), port).toString();
  }

  boolean holds(Endpoint endpoint) {
    return (port == 0 || port == endpoint.port()) && block.holds(endpoint.address());
  }
}
