package io.sipscope.persistence.trace;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Endpoint;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// What the policy script did while it ran for a message, and what is to be told of it to whoever
/// traces more than SIP.
///
/// @param type not SIP
/// @param orders how many orders the same run had given before: those that follow do not concern it
/// @param records once they are known; never exceptionally
public record TraceNote(TraceType type, int orders, CompletionStage<List<Entry>> records) {

  /// @param time nanoseconds since the epoch
  /// @param text as OpenSIPS sends it in the payload of HEP
  public record Entry(long time, Endpoint source, Endpoint destination, Bytes text) {}
}
