package io.sipscope.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// An immutable view of bytes that came from outside: a range of an array that nobody writes to
/// any more. Decoders pass slices of one datagram on without copying it.
///
/// Indices are relative to the view. Reading outside the view throws
/// [IndexOutOfBoundsException]: decoders check [#length] first, as the bytes are not trusted.
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /// Views the whole array, which the caller gives up writing to.
  public static Bytes of(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /// Views `length` bytes of an array that the caller gives up writing to.
  public static Bytes of(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    return new Bytes(array, offset, length);
  }

  /// The UTF-8 bytes of a text.
  public static Bytes of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  public byte at(int index) {
    return array[offset + Objects.checkIndex(index, length)];
  }

  public int u8(int index) {
    return at(index) & 0xff;
  }

  public int u16(int index) {
    return u8(index) << 8 | u8(index + 1);
  }

  public long u32(int index) {
    return (long) u16(index) << 16 | u16(index + 2);
  }

  public int u16LittleEndian(int index) {
    return u8(index) | u8(index + 1) << 8;
  }

  public long u32LittleEndian(int index) {
    return u16LittleEndian(index) | (long) u16LittleEndian(index + 2) << 16;
  }

  public Bytes slice(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    return new Bytes(array, offset + from, to - from);
  }

  public Bytes from(int from) {
    return slice(from, length);
  }

  /// The index of the first such byte at or after `from`, or -1.
  public int indexOf(byte wanted, int from) {
    for (int i = offset + Math.max(0, from), end = offset + length; i < end; i++) {
      if (array[i] == wanted) {
        return i - offset;
      }
    }
    return -1;
  }

  public boolean startsWith(Bytes prefix) {
    return length >= prefix.length
        && Arrays.equals(
            array,
            offset,
            offset + prefix.length,
            prefix.array,
            prefix.offset,
            prefix.offset + prefix.length);
  }

  /// The array behind this view, for hot loops that read it: first byte at [#offset], never
  /// written.
  public byte[] array() {
    return array;
  }

  public int offset() {
    return offset;
  }

  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /// The same bytes in an array of their own: use it to keep a small part of a large buffer.
  public Bytes compact() {
    return length == array.length ? this : of(toArray());
  }

  public void copyTo(byte[] target, int at) {
    System.arraycopy(array, offset, target, at, length);
  }

  public String latin1() {
    return new String(array, offset, length, StandardCharsets.ISO_8859_1);
  }

  public String latin1(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    return new String(array, offset + from, to - from, StandardCharsets.ISO_8859_1);
  }

  public String utf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  public byte[] sha256() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(array, offset, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /// Lower-case hexadecimal SHA-256 of the bytes.
  public String sha256Hex() {
    return HexFormat.of().formatHex(sha256());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset, end = offset + length; i < end; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /// Says how many, never what: payloads carry credentials and do not belong in logs.
  @Override
  public String toString() {
    return length + " bytes";
  }
}
