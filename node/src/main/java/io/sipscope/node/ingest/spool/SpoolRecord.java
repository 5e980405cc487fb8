package io.sipscope.node.ingest.spool;

import io.sipscope.node.ingest.Arrival;
import io.sipscope.node.spool.Framed;
import io.sipscope.persistence.wire.CaptureWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.capture.Capture;
import java.nio.ByteBuffer;
import java.util.List;

/// A message as the spool keeps it, in a record of [Framed].
///
/// `message = key(text) capture`
sealed interface SpoolRecord {
  /// What a key and the rest of a capture take besides the SIP bytes, mostly.
  int OVERHEAD = 256;

  record Whole(String key, Capture capture) implements SpoolRecord {}

  /// The bytes end before the record does.
  ///
  /// @param size bytes of the record, as far as they tell
  record Cut(int size) implements SpoolRecord {}

  record Damaged(String why) implements SpoolRecord {}

  /// The records of so many messages, ready to be written.
  static ByteBuffer of(List<Arrival> arrivals) {
    return Framed.of(arrivals.stream().map(SpoolRecord::message).toList());
  }

  private static byte[] message(Arrival arrival) {
    var out = new WireOutput(arrival.capture().sip().length() + OVERHEAD);
    out.text(arrival.key());
    CaptureWire.write(arrival.capture(), out);
    return out.toArray();
  }

  /// Takes the next record off the bytes when it is whole.
  static SpoolRecord next(ByteBuffer bytes) {
    return switch (Framed.next(bytes)) {
      case Framed.Cut(int size) -> new Cut(size);
      case Framed.Damaged(var why, _) -> new Damaged(why);
      case Framed.Whole(var body) -> read(body.array());
    };
  }

  private static SpoolRecord read(byte[] message) {
    try {
      var in = new WireInput(message);
      var whole = new Whole(in.text(), CaptureWire.read(in));
      in.expectEnd();
      return whole;
    } catch (Unreadable e) {
      return new Damaged(e.getMessage());
    }
  }
}
