package io.sipscope.protocol.sip;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Line ends: CR LF by the book (RFC 3261 §7), bare LF, bare CR and CR CR LF in the wild.
final class Line {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long CRS = ONES * '\r';
  private static final long LFS = ONES * '\n';

  private Line() {}

  /// Where the line ends: the index of the first CR or LF at or after `from`, or `end`. It looks
  /// at eight bytes at a time: a byte of `w ^ CRS` is zero where a CR is, and subtracting one
  /// from a zero byte borrows into its high bit.
  static int end(byte[] array, int from, int end) {
    int i = from;
    for (; i <= end - 8; i += 8) {
      long w = (long) EIGHT_BYTES.get(array, i);
      long cr = w ^ CRS;
      long lf = w ^ LFS;
      long hits = ((cr - ONES & ~cr) | (lf - ONES & ~lf)) & HIGH_BITS;
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (i < end && array[i] != '\r' && array[i] != '\n') {
      i++;
    }
    return i;
  }

  /// Where the next line starts, given the end of this one.
  static int after(byte[] array, int lineEnd, int end) {
    if (lineEnd >= end) {
      return end;
    }
    int next = lineEnd + 1;
    if (array[lineEnd] == '\r') {
      if (next < end && array[next] == '\n') {
        return next + 1;
      }
      if (next + 1 < end && array[next] == '\r' && array[next + 1] == '\n') {
        return next + 2;
      }
    }
    return next;
  }

  /// Whether the line at `from` continues the header above it (RFC 3261 §7.3.1).
  static boolean isFold(byte[] array, int from, int end) {
    return from < end && (array[from] == ' ' || array[from] == '\t');
  }
}
