package io.sipscope.persistence.wire;

/// The head of a Zstandard frame (RFC 8878 §3.1.1.1).
///
/// ```text
/// magic(4, little-endian 0xfd2fb528) descriptor(1) [window(1)] [dictionary id(0, 1, 2 or 4)]
/// [content size(0, 1, 2, 4 or 8)]
/// descriptor = how long the content size is (bits 7, 6), single segment (5), checksum (2),
///              how long the dictionary id is (1, 0)
/// ```
///
/// @param dictionary 0 = none
/// @param contentSize in bytes; negative where it is 2⁶³ or more
record FrameHead(long dictionary, long contentSize) {
  private static final long MAGIC = 0xfd2fb528L;
  private static final int SINGLE_SEGMENT = 0x20;
  private static final int[] ID_LENGTHS = {0, 1, 2, 4};
  private static final int[] SIZE_LENGTHS = {0, 2, 4, 8};

  /// A content size of two bytes begins where one byte ends.
  private static final int TWO_BYTES_BEGIN_AT = 256;

  static FrameHead read(byte[] frame) throws Unreadable {
    if (littleEndian(frame, 0, 4) != MAGIC) {
      throw new Unreadable("no Zstandard frame");
    }
    int descriptor = (int) littleEndian(frame, 4, 1);
    boolean singleSegment = (descriptor & SINGLE_SEGMENT) != 0;
    int idAt = 5 + (singleSegment ? 0 : 1);
    int idLength = ID_LENGTHS[descriptor & 3];
    int sizeLength = SIZE_LENGTHS[descriptor >>> 6];
    if (sizeLength == 0) {
      if (!singleSegment) {
        throw new Unreadable("frame without content size");
      }
      sizeLength = 1;
    }
    long size = littleEndian(frame, idAt + idLength, sizeLength);
    return new FrameHead(
        littleEndian(frame, idAt, idLength), sizeLength == 2 ? size + TWO_BYTES_BEGIN_AT : size);
  }

  private static long littleEndian(byte[] bytes, int at, int length) throws Unreadable {
    if (bytes.length - at < length) {
      throw new Unreadable("frame head cut at " + bytes.length);
    }
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << 8 | (bytes[at + i] & 0xff);
    }
    return value;
  }
}
