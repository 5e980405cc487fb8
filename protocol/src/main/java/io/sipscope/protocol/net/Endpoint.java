package io.sipscope.protocol.net;

import java.util.Optional;

/// One side of a packet: an address and a port (0 to 65535).
public record Endpoint(IpAddress address, int port) {

  /// Reads `ip:port`, IPv6 in brackets.
  public static Optional<Endpoint> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    var port = text.substring(colon + 1);
    if (port.isEmpty() || port.length() > 5 || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    int number = Integer.parseInt(port);
    var host = text.substring(0, colon);
    if (number > 65535 || (host.indexOf(':') >= 0 && !host.startsWith("["))) {
      return Optional.empty();
    }
    return IpAddress.parse(host).map(address -> new Endpoint(address, number));
  }

  /// `ip:port`, IPv6 in brackets.
  @Override
  public String toString() {
    return address.v6() ? "[" + address + "]:" + port : address + ":" + port;
  }
}
