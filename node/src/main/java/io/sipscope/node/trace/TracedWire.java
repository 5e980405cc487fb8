package io.sipscope.node.trace;

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

  private TracedWire() {}

  static byte[] write(TracedMessage message) {
    var out = new WireOutput(TraceQueue.size(message));
    out.u8(VERSION);
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
    return out.toArray();
  }

  private static void write(Side side, WireOutput out) {
    out.u8(CaptureWire.code(side.transport()));
    out.u8(side.endpoint().address().v6() ? 1 : 0);
    CaptureWire.write(side.endpoint(), out);
  }

  static TracedMessage read(byte[] bytes) throws Unreadable {
    var in = new WireInput(bytes);
    in.expectVersion(VERSION);
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
            in.text());
    in.expectEnd();
    return message;
  }

  private static Side side(WireInput in) throws Unreadable {
    var transport = CaptureWire.transport(in.u8());
    return new Side(transport, CaptureWire.endpoint(in, in.flag()));
  }
}
