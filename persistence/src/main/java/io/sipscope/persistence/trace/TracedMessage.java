package io.sipscope.persistence.trace;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;

/// A message on its way to the destinations of one trace_id: what the table `sip_trace` has of it
/// follows from it.
///
/// @param key the dialog's entity key; messages of one are kept in order
/// @param capture its bytes and times
/// @param from as shown: what was captured, unless `trace_local_ip` stands for it
/// @param to likewise
/// @param callId as text
/// @param method a request's own; a reply's of its CSeq, or empty in scope `m`
/// @param status of a reply, as text; empty for a request
/// @param fromTag of this message
/// @param attributes what the rule says; empty = none
/// @param type what it is; the capture of what is no SIP has its text in the place of the message
/// @param correlationId stands for the Call-ID in the correlation chunk of HEP; empty = the Call-ID
public record TracedMessage(
    String traceId,
    String key,
    Capture capture,
    Side from,
    Side to,
    Direction direction,
    String callId,
    String method,
    String status,
    String fromTag,
    String attributes,
    TraceType type,
    String correlationId) {

  /// SIP, as most of them are.
  public TracedMessage(
      String traceId,
      String key,
      Capture capture,
      Side from,
      Side to,
      Direction direction,
      String callId,
      String method,
      String status,
      String fromTag,
      String attributes) {
    this(
        traceId,
        key,
        capture,
        from,
        to,
        direction,
        callId,
        method,
        status,
        fromTag,
        attributes,
        TraceType.SIP,
        "");
  }

  /// What a script did while it ran for this message.
  TracedMessage noted(TraceType of, TraceNote.Entry record) {
    var told =
        new Capture(
            record.time(),
            record.time(),
            Transport.TCP,
            record.source(),
            record.destination(),
            capture.agent(),
            capture.correlationId(),
            capture.kind(),
            record.text());
    return new TracedMessage(
        traceId,
        key,
        told,
        new Side(Transport.TCP, record.source()),
        new Side(Transport.TCP, record.destination()),
        Direction.OUT,
        callId,
        method,
        status,
        fromTag,
        attributes,
        of,
        correlationId);
  }

  /// A transport, and an address and port.
  public record Side(Transport transport, Endpoint endpoint) {}

  /// As seen from the element that is traced.
  public enum Direction {
    IN,
    OUT
  }
}
