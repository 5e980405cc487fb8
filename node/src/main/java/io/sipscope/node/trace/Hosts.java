package io.sipscope.node.trace;

import java.net.InetSocketAddress;

/// Addresses as traces are configured with them.
final class Hosts {
  private Hosts() {}

  /// The host without the brackets in which a URI has IPv6.
  static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /// @throws Away when the name has no address
  static InetSocketAddress resolved(String host, int port) throws Away {
    var address = new InetSocketAddress(bare(host), port);
    if (address.isUnresolved()) {
      throw new Away("the name " + host + " has no address");
    }
    return address;
  }
}
