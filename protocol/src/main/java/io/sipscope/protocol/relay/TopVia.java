package io.sipscope.protocol.relay;

import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.SipMessage;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// What the first Via of a message tells where nobody else does: how it travelled, and the address
/// of whoever sent the request, where its responses go (RFC 3261 §18.2.2). `received` and `rport`
/// (RFC 3581) are what the next hop saw, and go before what the sender wrote.
///
/// @param transport empty when it is none that we know
/// @param address empty when it is a name
record TopVia(Optional<Transport> transport, Optional<Endpoint> address) {
  private static final TopVia NOTHING = new TopVia(Optional.empty(), Optional.empty());

  static TopVia of(SipMessage message) {
    return message.header("Via").map(TopVia::parse).orElse(NOTHING);
  }

  private static TopVia parse(String value) {
    int comma = value.indexOf(',');
    var first = (comma < 0 ? value : value.substring(0, comma)).strip();
    int blank = first.indexOf(' ');
    int slash = blank < 0 ? -1 : first.lastIndexOf('/', blank);
    if (slash < 0) {
      return NOTHING;
    }
    var transport = Written.transport(first.substring(slash + 1, blank));
    int port = Written.defaultPort(transport.orElse(Transport.UDP));
    var rest = first.substring(blank + 1);
    int end = rest.indexOf(';');
    var address = Written.endpoint(end < 0 ? rest : rest.substring(0, end), port);
    if (end >= 0) {
      address = seen(address, rest.substring(end + 1), port);
    }
    return new TopVia(transport, address);
  }

  /// What the next hop saw, over what the sender wrote.
  private static Optional<Endpoint> seen(Optional<Endpoint> written, String params, int port) {
    var received = param(params, "received").flatMap(IpAddress::parse);
    var rport = param(params, "rport").map(Written::port).orElse(OptionalInt.empty());
    return received
        .or(() -> written.map(Endpoint::address))
        .map(
            address ->
                new Endpoint(address, rport.orElse(written.map(Endpoint::port).orElse(port))));
  }

  private static Optional<String> param(String params, String name) {
    for (var param : params.split(";", -1)) {
      int equals = param.indexOf('=');
      if (equals > 0 && param.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(param.substring(equals + 1).strip());
      }
    }
    return Optional.empty();
  }
}
