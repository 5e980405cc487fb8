package io.sipscope.protocol.stream;

import io.sipscope.protocol.Bytes;
import java.util.Arrays;

/// Bytes of a stream that have come and are not yet taken: grows at its end, shrinks at its start.
///
/// While it only holds what came last, it looks at the packet's own array and copies nothing; what
/// is still there when the packet is done with has to be kept by [#settle].
final class Pile {
  private static final byte[] NOTHING = {};

  private byte[] array = NOTHING;
  private int from;
  private int to;
  private boolean own;

  void append(Bytes bytes) {
    if (from == to) {
      array = bytes.array();
      from = bytes.offset();
      to = from + bytes.length();
      own = false;
      return;
    }
    makeRoom(bytes.length());
    bytes.copyTo(array, to);
    to += bytes.length();
  }

  /// Appends bytes that a WebSocket mask of four covers (RFC 6455 §5.3).
  void appendUnmasked(byte[] source, int at, int length, int mask) {
    makeRoom(length);
    for (int i = 0; i < length; i++) {
      array[to++] = (byte) (source[at + i] ^ mask >>> (24 - 8 * (i & 3)));
    }
  }

  private void makeRoom(int more) {
    int size = to - from;
    if (own && to + more <= array.length) {
      return;
    }
    int wanted = size + more;
    boolean fits = own && wanted <= array.length / 2;
    var target = fits ? array : new byte[Math.max(wanted, Math.min(2 * size, wanted + (64 << 10)))];
    System.arraycopy(array, from, target, 0, size);
    array = target;
    from = 0;
    to = size;
    own = true;
  }

  /// Stops looking at an array that belongs to a packet, and lets go of one no longer needed.
  void settle() {
    if (from == to) {
      array = NOTHING;
      from = 0;
      to = 0;
    } else if (!own) {
      array = Arrays.copyOfRange(array, from, to);
      to -= from;
      from = 0;
      own = true;
    }
  }

  int size() {
    return to - from;
  }

  byte[] array() {
    return array;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  void drop(int count) {
    from += count;
  }

  void clear() {
    from = to;
  }

  /// Takes the first bytes off, as a value of its own.
  Bytes take(int count) {
    var taken =
        own
            ? Bytes.of(Arrays.copyOfRange(array, from, from + count))
            : Bytes.of(array, from, count);
    from += count;
    return taken;
  }

  int retained() {
    return own ? array.length : 0;
  }
}
