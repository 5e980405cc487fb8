package io.sipscope.node.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.util.OptionalLong;

/// Attributes in the making; what there is none of is left out.
final class SpanAttributes {
  /// What a message says of itself may be longer than is of use.
  private static final int MOST_CHARACTERS = 1_024;

  private final AttributesBuilder attributes = Attributes.builder();

  SpanAttributes text(String name, String value) {
    if (!value.isEmpty()) {
      attributes.put(name, value.substring(0, Math.min(value.length(), MOST_CHARACTERS)));
    }
    return this;
  }

  SpanAttributes whole(String name, long value) {
    attributes.put(name, value);
    return this;
  }

  /// Milliseconds, as the API has them.
  SpanAttributes millis(String name, OptionalLong nanos) {
    nanos.ifPresent(value -> whole(name, Math.round(value / 1e6)));
    return this;
  }

  /// Who asked whom by what, in the names of OpenTelemetry's conventions.
  SpanAttributes between(Endpoint client, Endpoint server, Transport transport) {
    return text("network.protocol.name", "sip")
        .text("network.transport", layer(transport))
        .text("network.type", server.address().v6() ? "ipv6" : "ipv4")
        .text("client.address", client.address().toString())
        .whole("client.port", client.port())
        .text("server.address", server.address().toString())
        .whole("server.port", server.port())
        .text("network.local.address", client.address().toString())
        .whole("network.local.port", client.port())
        .text("network.peer.address", server.address().toString())
        .whole("network.peer.port", server.port())
        .text("sip.transport", transport.text());
  }

  /// The conventions know the layer below; SIP's own name of it is `sip.transport`.
  private static String layer(Transport transport) {
    return switch (transport) {
      case UDP -> "udp";
      case TCP, TLS, WS, WSS -> "tcp";
      case SCTP -> "sctp";
    };
  }

  Attributes build() {
    return attributes.build();
  }
}
