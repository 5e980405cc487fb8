package io.sipscope.persistence.trace;

import io.sipscope.protocol.sip.SipMessage;
import java.util.Optional;

/// What is to be traced because of a message: one call of `sip_trace`, or one rule that fits it.
///
/// @param scope empty = the dialog for an INVITE, the transaction for any other
/// @param attributes the column `trace_attrs`
public record TraceOrder(String traceId, Optional<TraceScope> scope, String attributes) {

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
