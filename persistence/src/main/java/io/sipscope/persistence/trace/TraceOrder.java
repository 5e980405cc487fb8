package io.sipscope.persistence.trace;

import io.sipscope.protocol.sip.SipMessage;
import java.util.Optional;
import java.util.Set;

/// What is to be traced because of a message: one call of `sip_trace`, or one rule that fits it.
///
/// @param scope empty = the dialog for an INVITE, the transaction for any other
/// @param types what of it; without SIP its messages are not traced
/// @param attributes the column `trace_attrs`
/// @param legs which side of the traced element
/// @param correlationId stands for the Call-ID in the correlation chunk of HEP; empty = the Call-ID
public record TraceOrder(
    String traceId,
    Optional<TraceScope> scope,
    Set<TraceType> types,
    String attributes,
    TraceLegs legs,
    String correlationId) {
  public TraceOrder {
    types = Set.copyOf(types);
  }

  /// Of SIP only, on both sides.
  public TraceOrder(String traceId, Optional<TraceScope> scope, String attributes) {
    this(traceId, scope, TraceType.USUAL, attributes, TraceLegs.BOTH, "");
  }

  /// The scope that begins with the message: one that cannot is narrowed.
  TraceScope scopeFor(SipMessage message) {
    if (!message.isRequest()) {
      return TraceScope.MESSAGE;
    }
    boolean isInvite = message.method().equals("INVITE");
    var wanted = scope.orElse(isInvite ? TraceScope.DIALOG : TraceScope.TRANSACTION);
    return wanted == TraceScope.DIALOG && !(isInvite && message.toTag().isEmpty())
        ? TraceScope.TRANSACTION
        : wanted;
  }
}
