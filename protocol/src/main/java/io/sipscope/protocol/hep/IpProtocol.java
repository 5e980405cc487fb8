package io.sipscope.protocol.hep;

import io.sipscope.protocol.net.Transport;

/// What HEP writes for a transport: the IP protocol number where there is one, and the numbers
/// that OpenSIPS and Kamailio borrow where there is none (IDP for TLS, ESP for WebSocket).
public final class IpProtocol {
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int TLS = 22;
  public static final int WS = 50;
  public static final int SCTP = 132;

  private IpProtocol() {}

  /// The transport of a number. An unknown one is UDP: so senders write that do not know it, and
  /// the number itself stays in [Hep.Packet#ipProtocol].
  public static Transport transport(int number) {
    return switch (number) {
      case TCP -> Transport.TCP;
      case TLS -> Transport.TLS;
      case WS -> Transport.WS;
      case SCTP -> Transport.SCTP;
      default -> Transport.UDP;
    };
  }

  /// The number of a transport. HEP has one for both kinds of WebSocket.
  public static int of(Transport transport) {
    return switch (transport) {
      case UDP -> UDP;
      case TCP -> TCP;
      case TLS -> TLS;
      case SCTP -> SCTP;
      case WS, WSS -> WS;
    };
  }
}
