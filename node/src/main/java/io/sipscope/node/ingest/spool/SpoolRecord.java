package io.sipscope.node.ingest.spool;

import io.sipscope.node.ingest.Arrival;
import io.sipscope.persistence.wire.CaptureWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.capture.Capture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// A message as the spool keeps it. A process that is killed leaves a record torn: what is not
/// whole is recognised by its length or its checksum.
///
/// ```text
/// record  = length(u32) CRC-32C of the message(u32) message(length)
/// message = key(text) capture
/// ```
sealed interface SpoolRecord {
  int HEAD = 8;

  /// The largest message that is let in is somewhat over 1 MiB; a length beyond is none.
  int MAX_MESSAGE = 4 << 20;

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
    var messages = new ArrayList<byte[]>(arrivals.size());
    int size = 0;
    for (var arrival : arrivals) {
      var message = message(arrival);
      messages.add(message);
      size += HEAD + message.length;
    }
    var records = ByteBuffer.allocate(size);
    for (var message : messages) {
      records.putInt(message.length).putInt(checksum(message)).put(message);
    }
    return records.flip();
  }

  private static byte[] message(Arrival arrival) {
    var out = new WireOutput(arrival.capture().sip().length() + OVERHEAD);
    out.text(arrival.key());
    CaptureWire.write(arrival.capture(), out);
    return out.toArray();
  }

  /// Takes the next record off the bytes when it is whole, and nothing when it is not.
  static SpoolRecord next(ByteBuffer bytes) {
    if (bytes.remaining() < HEAD) {
      return new Cut(HEAD);
    }
    int length = bytes.getInt(bytes.position());
    if (length < 0 || length > MAX_MESSAGE) {
      return new Damaged("a record of " + length + " bytes (at most " + MAX_MESSAGE + ")");
    }
    if (bytes.remaining() < HEAD + length) {
      return new Cut(HEAD + length);
    }
    var message = new byte[length];
    bytes.get(bytes.position() + HEAD, message);
    if (checksum(message) != bytes.getInt(bytes.position() + Integer.BYTES)) {
      return new Damaged("a record whose checksum is another");
    }
    try {
      var in = new WireInput(message);
      var whole = new Whole(in.text(), CaptureWire.read(in));
      in.expectEnd();
      bytes.position(bytes.position() + HEAD + length);
      return whole;
    } catch (Unreadable e) {
      return new Damaged(e.getMessage());
    }
  }

  private static int checksum(byte[] message) {
    var crc = new CRC32C();
    crc.update(message);
    return (int) crc.getValue();
  }
}
