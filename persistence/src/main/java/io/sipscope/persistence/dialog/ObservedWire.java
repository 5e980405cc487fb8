package io.sipscope.persistence.dialog;

import io.sipscope.persistence.trace.TraceMark;
import io.sipscope.persistence.wire.CaptureWire;
import io.sipscope.persistence.wire.SipFrames;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.capture.Capture;
import java.util.List;
import java.util.Optional;

/// The journal's event, which is written as version 2, or as 3 where something is traced from it
/// on, and read as any:
///
/// ```text
/// dialog.observed/1 = 1(u8) captures
/// dialog.observed/2 = 2(u8) packed(u8) content
/// dialog.observed/3 = 3(u8) packed(u8) content, behind whose captures are marks
/// content           = captures, or where packed is 1 a frame of [SipFrames] that holds them
/// marks             = see [TraceMark]
/// ```
final class ObservedWire {
  private static final int FIRST_VERSION = 1;
  private static final int VERSION = 2;
  private static final int MARKED_VERSION = 3;
  private static final int PLAIN = 0;
  private static final int PACKED = 1;
  private static final int BEFORE_CONTENT = 2;

  private ObservedWire() {}

  static byte[] encode(List<Capture> captures, List<TraceMark> marks) {
    var out = new WireOutput(CaptureWire.size(captures));
    CaptureWire.write(captures, out);
    if (!marks.isEmpty()) {
      TraceMark.write(marks, out);
    }
    boolean packed = out.size() <= SipFrames.LARGEST;
    var event =
        packed
            ? SipFrames.compress(out.array(), out.size(), BEFORE_CONTENT)
            : behindHead(out.toArray());
    event[0] = (byte) (marks.isEmpty() ? VERSION : MARKED_VERSION);
    event[1] = (byte) (packed ? PACKED : PLAIN);
    return event;
  }

  private static byte[] behindHead(byte[] content) {
    var event = new byte[BEFORE_CONTENT + content.length];
    System.arraycopy(content, 0, event, BEFORE_CONTENT, content.length);
    return event;
  }

  static Dialog.Observed decode(WireInput in) throws Unreadable {
    return decode(in, VERSION);
  }

  static Dialog.Observed decodeMarked(WireInput in) throws Unreadable {
    return decode(in, MARKED_VERSION);
  }

  private static Dialog.Observed decode(WireInput in, int version) throws Unreadable {
    in.expectVersion(version);
    var content = in.flag() ? new WireInput(SipFrames.decompress(in.rest().toArray())) : in;
    var captures = CaptureWire.readAll(content);
    var marks = version == MARKED_VERSION ? TraceMark.read(content) : List.<TraceMark>of();
    content.expectEnd();
    return new Dialog.Observed(captures, marks, Optional.empty());
  }

  static Dialog.Observed decodeFirst(WireInput in) throws Unreadable {
    in.expectVersion(FIRST_VERSION);
    return new Dialog.Observed(CaptureWire.readAll(in));
  }
}
