package io.sipscope.persistence.wire;

import io.sipscope.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/// Collects the bytes of one stored or sent value; [WireInput] reads them back.
///
/// | call | on the wire |
/// | --- | --- |
/// | u8, u16 | 1 and 2 bytes, network order |
/// | i64 | 8 bytes, network order |
/// | count | unsigned LEB128, 1 to 9 bytes, 0 to 2⁶³-1 |
/// | text | count of bytes, UTF-8 |
/// | bytes | count of bytes, the bytes |
/// | optional | 0, or 1 and an i64 |
public final class WireOutput {
  private byte[] array;
  private int size;

  /// @param expected about how many bytes there will be; it grows when needed
  public WireOutput(int expected) {
    array = new byte[Math.max(16, expected)];
  }

  public void u8(int value) {
    room(1);
    array[size++] = (byte) value;
  }

  public void u16(int value) {
    u8(value >>> 8);
    u8(value);
  }

  public void i64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      array[size++] = (byte) (value >>> shift);
    }
  }

  public void count(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("count " + value + " (expected: 0 or more)");
    }
    room(9);
    long rest = value;
    while (rest > 0x7f) {
      array[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
  }

  public void text(String value) {
    if (value.isEmpty()) {
      u8(0);
      return;
    }
    var utf8 = value.getBytes(StandardCharsets.UTF_8);
    count(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, array, size, utf8.length);
    size += utf8.length;
  }

  public void bytes(Bytes value) {
    count(value.length());
    room(value.length());
    value.copyTo(array, size);
    size += value.length();
  }

  public void optional(OptionalLong value) {
    u8(value.isPresent() ? 1 : 0);
    value.ifPresent(this::i64);
  }

  /// How many bytes there are.
  public int size() {
    return size;
  }

  /// The [#size] bytes, with more behind them; not a copy.
  public byte[] array() {
    return array;
  }

  public byte[] toArray() {
    return size == array.length ? array : Arrays.copyOf(array, size);
  }

  private void room(int more) {
    if (array.length - size < more) {
      array = Arrays.copyOf(array, Math.addExact(Math.max(array.length, more), array.length));
    }
  }
}
