package io.sipscope.persistence.dialog;

import io.sipscope.persistence.wire.CaptureWire;
import io.sipscope.persistence.wire.SipFrames;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.capture.Capture;
import java.util.List;

/// The journal's event, which is written as version 2 and read as either:
///
/// ```text
/// dialog.observed/1 = 1(u8) captures
/// dialog.observed/2 = 2(u8) packed(u8) content
/// content           = captures, or where packed is 1 a frame of [SipFrames] that holds them
/// ```
final class ObservedWire {
  private static final int FIRST_VERSION = 1;
  private static final int VERSION = 2;
  private static final int PLAIN = 0;
  private static final int PACKED = 1;
  private static final int BEFORE_CONTENT = 2;

  private ObservedWire() {}

  static byte[] encode(List<Capture> captures) {
    var out = new WireOutput(CaptureWire.size(captures));
    CaptureWire.write(captures, out);
    boolean packed = out.size() <= SipFrames.LARGEST;
    var event =
        packed
            ? SipFrames.compress(out.array(), out.size(), BEFORE_CONTENT)
            : behindHead(out.toArray());
    event[0] = VERSION;
    event[1] = (byte) (packed ? PACKED : PLAIN);
    return event;
  }

  private static byte[] behindHead(byte[] content) {
    var event = new byte[BEFORE_CONTENT + content.length];
    System.arraycopy(content, 0, event, BEFORE_CONTENT, content.length);
    return event;
  }

  static Dialog.Observed decode(WireInput in) throws Unreadable {
    in.expectVersion(VERSION);
    if (!in.flag()) {
      return new Dialog.Observed(CaptureWire.readAll(in));
    }
    var content = new WireInput(SipFrames.decompress(in.rest().toArray()));
    var event = new Dialog.Observed(CaptureWire.readAll(content));
    content.expectEnd();
    return event;
  }

  static Dialog.Observed decodeFirst(WireInput in) throws Unreadable {
    in.expectVersion(FIRST_VERSION);
    return new Dialog.Observed(CaptureWire.readAll(in));
  }
}
