package io.sipscope.node.trace;

import io.sipscope.persistence.trace.TraceType;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.persistence.trace.TracedMessage.Direction;
import io.sipscope.persistence.trace.TracedMessage.Side;
import io.sipscope.persistence.wire.CaptureWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;

/// How a traced message is kept on the disk:
///
/// ```text
/// traced = version(1) trace id(text) key(text) capture from to direction(1)
///          call id(text) method(text) status(text) from tag(text) attributes(text)
/// side   = transport(1) is IPv6(1) endpoint
/// ```
final class TracedWire {
  private static final int VERSION = 1;

  /// With what else there may be: type(1) correlation id(text) behind the attributes.
  private static final int LONGER_VERSION = 2;

  private TracedWire() {}

  static byte[] write(TracedMessage message) {
    var out = new WireOutput(TraceQueue.size(message));
    boolean isLonger = message.type() != TraceType.SIP || !message.correlationId().isEmpty();
    out.u8(isLonger ? LONGER_VERSION : VERSION);
    out.text(message.traceId());
    out.text(message.key());
    CaptureWire.write(message.capture(), out);
    write(message.from(), out);
    write(message.to(), out);
    out.u8(message.direction() == Direction.IN ? 0 : 1);
    out.text(message.callId());
    out.text(message.method());
    out.text(message.status());
    out.text(message.fromTag());
    out.text(message.attributes());
    if (isLonger) {
      out.u8(message.type().bit());
      out.text(message.correlationId());
    }
    return out.toArray();
  }

  private static void write(Side side, WireOutput out) {
    out.u8(CaptureWire.code(side.transport()));
    out.u8(side.endpoint().address().v6() ? 1 : 0);
    CaptureWire.write(side.endpoint(), out);
  }

  static TracedMessage read(byte[] bytes) throws Unreadable {
    var in = new WireInput(bytes);
    int version = in.u8();
    if (version != VERSION && version != LONGER_VERSION) {
      throw new Unreadable("version " + version + " (this node reads 1 and 2)");
    }
    var message =
        new TracedMessage(
            in.text(),
            in.text(),
            CaptureWire.read(in),
            side(in),
            side(in),
            in.flag() ? Direction.OUT : Direction.IN,
            in.text(),
            in.text(),
            in.text(),
            in.text(),
            in.text(),
            version == LONGER_VERSION ? type(in.u8()) : TraceType.SIP,
            version == LONGER_VERSION ? in.text() : "");
    in.expectEnd();
    return message;
  }

  private static TraceType type(int code) throws Unreadable {
    return TraceType.ofBit(code)
        .orElseThrow(() -> new Unreadable("type " + code + " of a traced message"));
  }

  private static Side side(WireInput in) throws Unreadable {
    var transport = CaptureWire.transport(in.u8());
    return new Side(transport, CaptureWire.endpoint(in, in.flag()));
  }
}
