package io.sipscope.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BytesTest {
  private static final byte[] ARRAY = {9, (byte) 0xff, 2, 3, 4, 5, 9};

  private final Bytes view = Bytes.of(ARRAY, 1, 5);

  @Test
  void indicesAreThoseOfTheView() {
    assertEquals(5, view.length());
    assertEquals(-1, view.at(0));
    assertEquals(0xff, view.u8(0));
    assertEquals(0xff02, view.u16(0));
    assertEquals(0x02ff, view.u16LittleEndian(0));
    assertEquals(0xff02_0304L, view.u32(0));
    assertEquals(0x0403_02ffL, view.u32LittleEndian(0));
    assertEquals(Bytes.of(new byte[] {3, 4}), view.slice(2, 4));
    assertEquals(Bytes.of(new byte[] {4, 5}), view.from(3));
    assertEquals(2, view.indexOf((byte) 3, 0));
    assertEquals(-1, view.indexOf((byte) 9, 0));
    assertEquals(-1, view.indexOf((byte) 3, 3));
  }

  @Test
  void nothingOutsideTheViewCanBeRead() {
    assertThrows(IndexOutOfBoundsException.class, () -> view.at(5));
    assertThrows(IndexOutOfBoundsException.class, () -> view.at(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> view.u32(2));
    assertThrows(IndexOutOfBoundsException.class, () -> view.slice(2, 6));
    assertThrows(IndexOutOfBoundsException.class, () -> view.latin1(0, 6));
    assertThrows(IndexOutOfBoundsException.class, () -> Bytes.of(ARRAY, 3, 5));
  }

  @Test
  void viewsOfTheSameBytesAreEqual() {
    var same = Bytes.of(new byte[] {(byte) 0xff, 2, 3, 4, 5});
    assertEquals(same, view);
    assertEquals(same.hashCode(), view.hashCode());
    assertNotEquals(same, view.from(1));
    assertEquals(same, view.compact());
    assertSame(same, same.compact());
    assertArrayEquals(new byte[] {(byte) 0xff, 2, 3, 4, 5}, view.toArray());
  }

  @Test
  void aPrefixIsComparedInsideTheView() {
    assertEquals(true, view.startsWith(Bytes.of(new byte[] {(byte) 0xff, 2})));
    assertEquals(false, view.startsWith(Bytes.of(new byte[] {(byte) 0xff, 2, 3, 4, 5, 9})));
    assertEquals(true, view.startsWith(Bytes.EMPTY));
  }

  @Test
  void theDigestIsThatOfTheBytes() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Bytes.of("xabcx").slice(1, 4).sha256Hex());
  }

  @Test
  void theTextNeverShowsThePayload() {
    assertEquals("6 bytes", Bytes.of("secret").toString());
  }
}
