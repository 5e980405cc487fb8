package io.sipscope.protocol.pcap;

import io.sipscope.protocol.Bytes;
import java.util.Arrays;

/// Bytes being written in network order, front to back.
final class Output {
  private byte[] array;
  private int size;

  Output(int capacity) {
    array = new byte[capacity];
  }

  int size() {
    return size;
  }

  Output u8(int value) {
    room(1);
    array[size++] = (byte) value;
    return this;
  }

  Output u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  Output u32(long value) {
    return u16((int) (value >>> 16)).u16((int) value);
  }

  Output u64(long value) {
    return u32(value >>> 32).u32(value);
  }

  Output bytes(byte[] bytes) {
    return bytes(Bytes.of(bytes));
  }

  Output bytes(Bytes bytes) {
    room(bytes.length());
    bytes.copyTo(array, size);
    size += bytes.length();
    return this;
  }

  /// Zeros up to a multiple of four.
  Output padded() {
    while (size % 4 != 0) {
      u8(0);
    }
    return this;
  }

  void putU16(int at, int value) {
    array[at] = (byte) (value >>> 8);
    array[at + 1] = (byte) value;
  }

  void putU32(int at, long value) {
    putU16(at, (int) (value >>> 16));
    putU16(at + 2, (int) value);
  }

  /// The Internet checksum (RFC 1071) of all from `from` on, begun with a sum of other words.
  int checksum(int from, long sum) {
    long all = sum;
    for (int i = from; i < size; i++) {
      all += (i - from) % 2 == 0 ? (array[i] & 0xff) << 8 : array[i] & 0xff;
    }
    while (all >>> 16 != 0) {
      all = (all & 0xffff) + (all >>> 16);
    }
    return (int) ~all & 0xffff;
  }

  byte[] array() {
    return array;
  }

  Bytes written() {
    return Bytes.of(Arrays.copyOf(array, size));
  }

  private void room(int bytes) {
    if (array.length - size < bytes) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, size + bytes));
    }
  }
}
