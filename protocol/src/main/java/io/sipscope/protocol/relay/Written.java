package io.sipscope.protocol.relay;

import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// The ways addresses, ports and transports are written by those who pass messages on.
final class Written {
  private static final int LONGEST_PORT = 5;

  private Written() {}

  /// `192.0.2.1`, `192.0.2.1:5060`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:5060`. A name is
  /// no address: it is not looked up.
  ///
  /// @param port of an address that says none
  static Optional<Endpoint> endpoint(String text, int port) {
    var bare = text.strip();
    return IpAddress.parse(bare)
        .map(address -> new Endpoint(address, port))
        .or(() -> Endpoint.parse(bare));
  }

  static OptionalInt port(String text) {
    var digits = text.strip();
    if (digits.isEmpty()
        || digits.length() > LONGEST_PORT
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(digits);
    return port > 65_535 ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /// A name in any case, `SIP/UDP` too, or the IP protocol number (6, 17, 132).
  static Optional<Transport> transport(String text) {
    var upper = text.strip().toUpperCase(Locale.ROOT);
    var name = upper.substring(upper.lastIndexOf('/') + 1);
    return switch (name) {
      case "UDP", "17" -> Optional.of(Transport.UDP);
      case "TCP", "6" -> Optional.of(Transport.TCP);
      case "TLS", "TLS-TCP", "SSL" -> Optional.of(Transport.TLS);
      case "SCTP", "132" -> Optional.of(Transport.SCTP);
      case "WS" -> Optional.of(Transport.WS);
      case "WSS" -> Optional.of(Transport.WSS);
      default -> Optional.empty();
    };
  }

  /// The port of an address that came without one (RFC 3261 §19.1.2).
  static int defaultPort(Transport transport) {
    return switch (transport) {
      case TLS -> 5061;
      case UDP, TCP, SCTP, WS, WSS -> 5060;
    };
  }
}
