package io.sipscope.protocol.relay;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.util.OptionalLong;

/// What another program passed on: a SIP message it has seen, as [RelayReader] found it.
public sealed interface Relayed {

  /// A SIP message, and what was said about it.
  ///
  /// @param time when it was on the wire, nanoseconds since the epoch; absent where nobody said
  /// @param rebuilt whether the bytes were put together from a dissector's texts; else they are
  ///     those that came
  /// @param publisher who of us published it; empty when it was another program
  record Message(
      OptionalLong time,
      Transport transport,
      Endpoint source,
      Endpoint destination,
      Agent agent,
      String correlationId,
      Bytes sip,
      boolean rebuilt,
      String publisher)
      implements Relayed {}

  /// Well-formed, and not about a SIP message: a dissected packet of another protocol.
  record NotSip() implements Relayed {}

  /// @param reason a short constant in kebab-case, fit for a counter's name
  /// @param detail what was there (what was wanted); never payload
  record Malformed(String reason, String detail) implements Relayed {}
}
