package io.sipscope.protocol.capture;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;

/// One SIP message as it was seen: who sent it to whom, when, how we learned of it, and its bytes,
/// never re-encoded, trimmed or mended. This is what the journal keeps; everything else is
/// derived from it, so that a better parser heals history.
///
/// @param receivedAt when Sipscope got it, nanoseconds since the epoch
/// @param time when the packet was on the wire, nanoseconds since the epoch
/// @param correlationId the HEP correlation id (0x0011), empty when there was none; not always the
/// Call-ID
/// @param sip the bytes of the SIP message
public record Capture(
    long receivedAt,
    long time,
    Transport transport,
    Endpoint source,
    Endpoint destination,
    Agent agent,
    String correlationId,
    SourceKind kind,
    Bytes sip) {}
