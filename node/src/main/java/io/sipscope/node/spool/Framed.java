package io.sipscope.node.spool;

import io.sipscope.protocol.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/// A record as a spool keeps it. A process that is killed leaves one torn: what is not whole is
/// recognised by its length or its checksum.
///
/// `record = length(u32) CRC-32C of the body(u32) body(length)`
public sealed interface Framed {
  int HEAD = 8;

  /// The largest message that is let in is somewhat over 1 MiB; a length beyond is none.
  int MAX_BODY = 4 << 20;

  record Whole(Bytes body) implements Framed {}

  /// The bytes end before the record does.
  ///
  /// @param size bytes of the record, as far as they tell
  record Cut(int size) implements Framed {}

  /// @param size bytes to the next record, if its length is to be believed; 0 when it is none
  record Damaged(String why, int size) implements Framed {}

  /// The records of so many bodies, ready to be written.
  static ByteBuffer of(List<byte[]> bodies) {
    int size = 0;
    for (var body : bodies) {
      size += HEAD + body.length;
    }
    var records = ByteBuffer.allocate(size);
    for (var body : bodies) {
      records.putInt(body.length).putInt(checksum(body)).put(body);
    }
    return records.flip();
  }

  /// Takes the next record off the bytes when it is whole, and nothing when it is not.
  static Framed next(ByteBuffer bytes) {
    if (bytes.remaining() < HEAD) {
      return new Cut(HEAD);
    }
    int length = bytes.getInt(bytes.position());
    if (length < 0 || length > MAX_BODY) {
      return new Damaged("a record of " + length + " bytes (at most " + MAX_BODY + ")", 0);
    }
    if (bytes.remaining() < HEAD + length) {
      return new Cut(HEAD + length);
    }
    var body = new byte[length];
    bytes.get(bytes.position() + HEAD, body);
    if (checksum(body) != bytes.getInt(bytes.position() + Integer.BYTES)) {
      return new Damaged("a record whose checksum is another", HEAD + length);
    }
    bytes.position(bytes.position() + HEAD + length);
    return new Whole(Bytes.of(body));
  }

  private static int checksum(byte[] body) {
    var crc = new CRC32C();
    crc.update(body);
    return (int) crc.getValue();
  }
}
