package io.sipscope.protocol.net;

import io.sipscope.protocol.Bytes;

/// What a [Walk] finds in the frames it is given.
public sealed interface Found {

  /// A SIP message, its bytes as they were captured: shorter than they were sent where a snap
  /// length or a lost packet cut them.
  ///
  /// @param time when the packet that completed it was on the wire, nanoseconds since the epoch
  /// @param source who sent it, by the innermost IP header
  record Message(long time, Transport transport, Endpoint source, Endpoint destination, Bytes sip)
      implements Found {}

  /// Bytes that could not be what they claimed to be.
  ///
  /// @param reason one of a handful, lower-case words joined by dashes: fit to count by
  /// @param detail what was there and what was wanted; never payload
  record Malformed(String reason, String detail) implements Found {}
}
