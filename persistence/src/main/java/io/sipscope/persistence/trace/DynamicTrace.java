package io.sipscope.persistence.trace;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.SipMessage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A trace that was started by `trace_start`: it goes by none of the switches.
///
/// @param id as it was given; not the only one of that name, when the destinations differ
/// @param route the [TracedMessage#traceId] of its messages: its id, or that with a number behind
/// it where a configured trace or an earlier one has the same
/// @param shown its destination as MI lists it
/// @param destination HEP or SIP
/// @param filters all of which must fit, in the order they were given
/// @param types what it traces; none of those there are to be had here = nothing
/// @param since when it was started, nanoseconds since the epoch: tells it from an earlier one
public record DynamicTrace(
    String id,
    String route,
    String shown,
    TraceDestination destination,
    List<TraceFilter> filters,
    TraceScope scope,
    Set<TraceType> types,
    long since) {
  public DynamicTrace {
    filters = List.copyOf(filters);
    types = Set.copyOf(types);
  }

  public TraceTarget target() {
    return new TraceTarget(route, shown, destination, true);
  }

  DynamicTrace with(String otherRoute, long otherSince) {
    return new DynamicTrace(id, otherRoute, shown, destination, filters, scope, types, otherSince);
  }

  TraceOrder order() {
    return new TraceOrder(route, Optional.of(scope), types, "", TraceLegs.BOTH, "");
  }

  /// Only requests begin one; a dialog only its first INVITE does.
  boolean beginsWith(SipMessage message, Capture capture) {
    return !types.isEmpty()
        && message.isRequest()
        && (scope != TraceScope.DIALOG || isFirstInvite(message))
        && filters.stream().allMatch(filter -> filter.fits(message, capture));
  }

  private static boolean isFirstInvite(SipMessage message) {
    return message.method().equals("INVITE") && message.toTag().isEmpty();
  }
}
