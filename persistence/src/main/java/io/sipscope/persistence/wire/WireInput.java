package io.sipscope.persistence.wire;

import io.sipscope.protocol.Bytes;
import java.util.OptionalLong;

/// Reads what a [WireOutput] wrote. The bytes may be damaged: every length is checked against what
/// is left, so that nothing is allocated beyond the input's own size, and whatever is wrong is
/// [Unreadable].
public final class WireInput {
  private static final int MAX_COUNT_BITS = 63;

  private final Bytes bytes;
  private int position;

  public WireInput(byte[] bytes) {
    this.bytes = Bytes.of(bytes);
  }

  /// Reads the version byte that every value begins with.
  public void expectVersion(int wanted) throws Unreadable {
    int version = u8();
    if (version != wanted) {
      throw new Unreadable("version " + version + " (this node reads " + wanted + ")");
    }
  }

  public int u8() throws Unreadable {
    expect(1);
    return bytes.u8(position++);
  }

  public int u16() throws Unreadable {
    return u8() << 8 | u8();
  }

  public long i64() throws Unreadable {
    expect(8);
    long value = bytes.u32(position) << 32 | bytes.u32(position + 4);
    position += 8;
    return value;
  }

  public long count() throws Unreadable {
    long value = 0;
    for (int shift = 0; shift < MAX_COUNT_BITS; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new Unreadable("a count of more than 9 bytes at " + position);
  }

  /// Reads how many elements follow, each of which takes at least `smallest` bytes.
  public int elements(int smallest) throws Unreadable {
    long count = count();
    if (count > left() / smallest) {
      throw new Unreadable(count + " elements at " + position + " (" + left() + " bytes left)");
    }
    return (int) count;
  }

  public String text() throws Unreadable {
    int length = elements(1);
    if (length == 0) {
      return "";
    }
    position += length;
    return bytes.slice(position - length, position).utf8();
  }

  /// A view of the input, not a copy.
  public Bytes bytes() throws Unreadable {
    int length = elements(1);
    position += length;
    return bytes.slice(position - length, position);
  }

  /// All that is left, as a view of the input.
  public Bytes rest() {
    int start = position;
    position = bytes.length();
    return bytes.slice(start, position);
  }

  public OptionalLong optional() throws Unreadable {
    return flag() ? OptionalLong.of(i64()) : OptionalLong.empty();
  }

  public boolean flag() throws Unreadable {
    int flag = u8();
    if (flag > 1) {
      throw new Unreadable("flag " + flag + " at " + position + " (expected: 0 or 1)");
    }
    return flag == 1;
  }

  public void expectEnd() throws Unreadable {
    if (left() > 0) {
      throw new Unreadable(left() + " bytes after the end");
    }
  }

  private int left() {
    return bytes.length() - position;
  }

  private void expect(int wanted) throws Unreadable {
    if (left() < wanted) {
      throw new Unreadable(left() + " bytes left at " + position + " (needs " + wanted + ")");
    }
  }
}
