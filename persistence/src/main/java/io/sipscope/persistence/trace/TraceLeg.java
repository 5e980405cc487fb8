package io.sipscope.persistence.trace;

import io.sipscope.persistence.wire.CaptureWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.Endpoint;

/// One side of the traced element, told by where the request that began the trace went.
///
/// @param isOfCaller whether what is between these two is traced, or what is not
/// @param caller where the request came from
/// @param element where it went
record TraceLeg(boolean isOfCaller, Endpoint caller, Endpoint element) {

  /// Whether it is the same side: the request is seen on each of them, and begins it on the first.
  boolean isAlike(TraceLeg other) {
    return isOfCaller == other.isOfCaller;
  }

  boolean covers(Capture capture) {
    boolean isBetween =
        isBetween(capture.source(), capture.destination())
            || isBetween(capture.destination(), capture.source());
    return isBetween == isOfCaller;
  }

  /// The element may answer, or be written to, at another of its ports.
  private boolean isBetween(Endpoint one, Endpoint other) {
    return one.equals(caller) && other.address().equals(element.address());
  }

  /// ```text
  /// leg = flags(u8) caller element, each an endpoint
  /// flags = 1 of the caller, 2 the caller is IPv6, 4 the element is
  /// ```
  void write(WireOutput out) {
    out.u8(
        (isOfCaller ? 1 : 0) | (caller.address().v6() ? 2 : 0) | (element.address().v6() ? 4 : 0));
    CaptureWire.write(caller, out);
    CaptureWire.write(element, out);
  }

  static TraceLeg read(WireInput in) throws Unreadable {
    int flags = in.u8();
    return new TraceLeg(
        (flags & 1) != 0,
        CaptureWire.endpoint(in, (flags & 2) != 0),
        CaptureWire.endpoint(in, (flags & 4) != 0));
  }
}
