package io.sipscope.protocol.stream;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Endpoint;

/// One TCP segment (RFC 9293 §3.1).
///
/// @param sequence of the first byte, unsigned 32 bits
/// @param flags as on the wire
/// @param wireLength of the payload as sent; more than `payload` where a snap length cut it
public record TcpSegment(
    Endpoint source,
    Endpoint destination,
    long sequence,
    int flags,
    Bytes payload,
    int wireLength) {
  static final int FIN = 1;
  static final int SYN = 2;
  static final int RST = 4;

  boolean fin() {
    return (flags & FIN) != 0;
  }

  boolean syn() {
    return (flags & SYN) != 0;
  }

  boolean rst() {
    return (flags & RST) != 0;
  }
}
