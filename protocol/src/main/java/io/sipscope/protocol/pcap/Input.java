package io.sipscope.protocol.pcap;

import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// The bytes of a capture, read forward in the byte order that it declares. A number is read at a
/// distance from the cursor, after [#has] has said that it is there.
final class Input {
  /// Enough for one system call to bring some hundred packets.
  private static final int BUFFER_BYTES = 1 << 16;

  /// What is allocated at once for a packet that claims more; the rest follows its bytes.
  private static final int FIRST_ALLOCATION_BYTES = 1 << 16;

  private static final int GZIP_MAGIC = 0x1f8b;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private InputStream stream;
  private Optional<Gunzip> gunzip = Optional.empty();
  private int at;
  private int end;
  private long bufferOffset;
  private boolean littleEndian;
  private boolean lost;

  Input(InputStream stream) {
    this.stream = stream;
  }

  boolean startsGzip() throws IOException {
    return has(2) && u16(0) == GZIP_MAGIC;
  }

  /// Reads what follows as gzip; offsets count decompressed bytes from here on.
  void decompress() {
    var opened = new Gunzip(Arrays.copyOfRange(buffer, at, end), stream);
    gunzip = Optional.of(opened);
    stream = opened;
    at = 0;
    end = 0;
    bufferOffset = 0;
  }

  /// Why the gzip stream ended early, if it did.
  Optional<String> damage() {
    return gunzip.flatMap(Gunzip::damage);
  }

  void littleEndian(boolean little) {
    littleEndian = little;
  }

  /// Whether so many bytes are left, at most [#BUFFER_BYTES]; reads no further than that needs.
  boolean has(int bytes) throws IOException {
    if (end - at >= bytes) {
      return true;
    }
    bufferOffset += at;
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    while (end < bytes) {
      int more = stream.read(buffer, end, buffer.length - end);
      if (more < 0) {
        return false;
      }
      end += more;
    }
    return true;
  }

  /// How many bytes are buffered: all that are left when [#has] said no.
  int left() {
    return end - at;
  }

  /// The next four bytes in network order, whatever the capture's order is.
  int peekInt() {
    return (buffer[at] & 0xff) << 24
        | (buffer[at + 1] & 0xff) << 16
        | (buffer[at + 2] & 0xff) << 8
        | (buffer[at + 3] & 0xff);
  }

  int u16(int distance) {
    int first = buffer[at + distance] & 0xff;
    int second = buffer[at + distance + 1] & 0xff;
    return littleEndian ? second << 8 | first : first << 8 | second;
  }

  long u32(int distance) {
    long first = u16(distance);
    long second = u16(distance + 2);
    return littleEndian ? second << 16 | first : first << 16 | second;
  }

  long i64(int distance) {
    long first = u32(distance);
    long second = u32(distance + 4);
    return littleEndian ? second << 32 | first : first << 32 | second;
  }

  int u8(int distance) {
    return buffer[at + distance] & 0xff;
  }

  /// Passes over so many bytes; false when the capture ends before.
  boolean skip(long bytes) throws IOException {
    for (long missing = bytes; ; ) {
      int step = (int) Math.min(missing, end - at);
      at += step;
      missing -= step;
      if (missing == 0) {
        return true;
      }
      if (!has(1)) {
        return false;
      }
    }
  }

  /// The next bytes in an array of their own: so many, or fewer when the capture ends before. No
  /// claim of a size allocates much before its bytes are there.
  Bytes take(int bytes) throws IOException {
    int buffered = Math.min(bytes, end - at);
    if (buffered == bytes) {
      at += bytes;
      return Bytes.of(Arrays.copyOfRange(buffer, at - bytes, at));
    }
    var taken = new byte[Math.min(bytes, FIRST_ALLOCATION_BYTES)];
    int size = 0;
    while (size < bytes && has(1)) {
      int step = Math.min(bytes - size, end - at);
      if (size + step > taken.length) {
        taken = Arrays.copyOf(taken, Math.min(bytes, 2 * taken.length));
        step = Math.min(step, taken.length - size);
      }
      System.arraycopy(buffer, at, taken, size, step);
      at += step;
      size += step;
    }
    return Bytes.of(taken, 0, size);
  }

  Pcap.Malformed malformed(String reason, String detail) {
    return new Pcap.Malformed(bufferOffset + at, reason, detail);
  }

  /// What is wrong when nothing tells any more where the next packet begins.
  Pcap.Malformed lost(String reason, String detail) {
    lost = true;
    return malformed(reason, detail);
  }

  /// The end of the capture where it may end, or that it is cut short here.
  Pcap endOr(String wanted) {
    return left() == 0
        ? new Pcap.End()
        : lost(Reason.CUT_SHORT, left() + " bytes left (" + wanted + ")");
  }

  boolean isLost() {
    return lost;
  }

  void close() throws IOException {
    stream.close();
  }
}
