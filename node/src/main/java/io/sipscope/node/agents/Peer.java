package io.sipscope.node.agents;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.IpAddress;
import java.net.InetAddress;

/// Who is at the other end of a socket: the sender of a datagram, or of a connection.
///
/// @param text the address, as text for a log
/// @param connection the number of its connection; 0 = it has none
public record Peer(IpAddress address, String text, Carrier carrier, long connection) {

  /// The sender of a datagram.
  public static Peer byUdp(InetAddress address) {
    return of(address, Carrier.UDP, 0);
  }

  public static Peer of(InetAddress address, Carrier carrier, long connection) {
    var bytes = Bytes.of(address.getAddress());
    return new Peer(
        bytes.length() == 4 ? IpAddress.v4(bytes, 0) : IpAddress.v6(bytes, 0),
        address.getHostAddress(),
        carrier,
        connection);
  }
}
