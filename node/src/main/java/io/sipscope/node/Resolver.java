package io.sipscope.node;

import io.sipscope.persistence.statistics.Queries;
import io.sipscope.protocol.net.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Looks up the addresses of names, and counts it (group `dns`); an address is no name. The JVM
/// keeps answers for a while, so not every look-up is a question to a server.
///
/// @param queries where it is counted
public record Resolver(Queries queries) {
  /// For tests.
  public static final Resolver UNCOUNTED = new Resolver(Queries.UNCOUNTED);

  /// The first address of a host, or the address itself.
  public InetAddress address(String host) throws UnknownHostException {
    if (IpAddress.parse(host).isPresent()) {
      return InetAddress.getByName(host);
    }
    long begin = System.nanoTime();
    try {
      return InetAddress.getByName(host);
    } finally {
      queries.took(System.nanoTime() - begin, () -> host);
    }
  }
}
