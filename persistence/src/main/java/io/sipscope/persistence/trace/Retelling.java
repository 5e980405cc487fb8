package io.sipscope.persistence.trace;

import io.sipscope.persistence.trace.TracedMessage.Direction;
import io.sipscope.persistence.trace.TracedMessage.Side;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.sip.SipMessage;
import java.util.Optional;

/// Makes of what was captured what a traced element would have told of itself.
///
/// The element is where the first request of the dialog went. What goes there is `in`, what comes
/// from there `out`: by address and port, else by address. Where that does not tell (all on one
/// address with other ports, or a leg that does not touch the element), the Vias do: a request with
/// one, and a reply with several, have yet to pass a proxy and are `in`.
///
/// @param key the dialog's entity key
/// @param element where its first request went
/// @param local stands for the element's own side of what it sends, and of the replies it receives
record Retelling(String key, Endpoint element, Optional<Side> local) {

  /// @param mark why it is traced
  /// @param method what the column `method` has for a reply
  TracedMessage tell(TraceMark mark, Capture capture, SipMessage message, String method) {
    var direction = direction(capture, message);
    var from = new Side(capture.transport(), capture.source());
    var to = new Side(capture.transport(), capture.destination());
    boolean isReply = !message.isRequest();
    return new TracedMessage(
        mark.traceId(),
        key,
        capture,
        direction == Direction.OUT ? local.orElse(from) : from,
        direction == Direction.IN && isReply ? local.orElse(to) : to,
        direction,
        message.callId().text(),
        isReply ? method : message.method(),
        isReply ? Integer.toString(message.status()) : "",
        message.fromTag(),
        mark.attributes(),
        TraceType.SIP,
        mark.correlationId());
  }

  private Direction direction(Capture capture, SipMessage message) {
    boolean into = capture.destination().equals(element);
    boolean outOf = capture.source().equals(element);
    if (into == outOf) {
      into = capture.destination().address().equals(element.address());
      outOf = capture.source().address().equals(element.address());
    }
    if (into == outOf) {
      into = message.isRequest() == message.hops() <= 1;
    }
    return into ? Direction.IN : Direction.OUT;
  }
}
