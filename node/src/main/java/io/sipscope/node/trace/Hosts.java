package io.sipscope.node.trace;

import io.sipscope.node.Resolver;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Addresses as traces are configured with them.
final class Hosts {
  private Hosts() {}

  /// The host without the brackets in which a URI has IPv6.
  static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /// @throws Away when the name has no address
  static InetSocketAddress resolved(Resolver resolver, String host, int port) throws Away {
    try {
      return new InetSocketAddress(resolver.address(bare(host)), port);
    } catch (UnknownHostException e) {
      throw new Away("the name " + host + " has no address", e);
    }
  }
}
