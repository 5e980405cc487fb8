package io.sipscope.node.ingest;

import io.sipscope.protocol.Bytes;

/// A HEP datagram or frame as it came off a socket.
///
/// @param sender the peer, as text for a log
/// @param receivedAt nanoseconds since the epoch
public record Datagram(Bytes bytes, String sender, long receivedAt) {}
