package io.sipscope.persistence.trace;

import java.nio.charset.StandardCharsets;

/// The number by which OpenSIPS orders trace_ids in its lists: clients and people know the order.
final class NameHash {
  private static final long MASK = 0xffff_ffffL;
  private static final int WORD = 4;

  private NameHash() {}

  /// 32 bits without a sign.
  static long of(String name) {
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    long hash = 0;
    int at = 0;
    while (at + WORD <= bytes.length) {
      hash = mixed(hash, word(bytes, at, at + WORD));
      at += WORD;
    }
    hash = mixed(hash, word(bytes, at, bytes.length));
    return hash + (hash >>> 11) + (hash >>> 13) + (hash >>> 23) & MASK;
  }

  private static long word(byte[] bytes, int from, int to) {
    long word = 0;
    for (int i = from; i < to; i++) {
      word = word << Byte.SIZE | (bytes[i] & 0xff);
    }
    return word;
  }

  private static long mixed(long hash, long word) {
    return hash + (word ^ word >>> 3) & MASK;
  }
}
