package io.sipscope.node.ingest;

import io.sipscope.node.agents.Peer;
import io.sipscope.protocol.Bytes;

/// A HEP datagram or frame as it came off a socket.
///
/// @param receivedAt nanoseconds since the epoch
public record Datagram(Bytes bytes, Peer peer, long receivedAt) {}
