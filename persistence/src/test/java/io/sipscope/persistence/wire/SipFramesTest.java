package io.sipscope.persistence.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.sipscope.persistence.Samples;
import io.sipscope.testing.Mutations;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SipFramesTest {
  private static final byte[] MESSAGE = Samples.invite("a@example.com", 1, 0).sip().toArray();
  private static final byte[] FRAME = SipFrames.compress(MESSAGE, MESSAGE.length, 0);

  /// Where this frame's head has its dictionary and its content size (two bytes).
  private static final int DICTIONARY = 5;

  private static final int SIZE = 6;

  @Test
  void contentsComeBackAsTheyWere() throws Exception {
    var noise = new byte[300_000];
    new Random(8878).nextBytes(noise);
    for (var content : List.of(MESSAGE, new byte[0], new byte[1], new byte[255], noise)) {
      assertArrayEquals(
          content, SipFrames.decompress(SipFrames.compress(content, content.length, 0)));
    }
    var largest = new byte[SipFrames.LARGEST];
    assertArrayEquals(
        largest, SipFrames.decompress(SipFrames.compress(largest, largest.length, 0)));
  }

  @Test
  void roomIsLeftBeforeAFrame() {
    var frame = SipFrames.compress(MESSAGE, MESSAGE.length, 2);
    assertArrayEquals(FRAME, Arrays.copyOfRange(frame, 2, frame.length));
  }

  @Test
  void oneMessageByItselfTakesLessThanHalf() {
    assertTrue(FRAME.length < MESSAGE.length / 2, FRAME.length + " of " + MESSAGE.length);
  }

  @Test
  void theDictionaryIsTheOneThatOldFramesWereMadeWith() throws Exception {
    try (var in = SipFrames.class.getResourceAsStream("/dictionary/sip-1.zdict")) {
      var digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      assertEquals(
          "92e333bcb9377c58d65a07c9389192791483e6763529f3492d9254746f06e11a",
          HexFormat.of().formatHex(digest));
    }
  }

  @Test
  void aFrameOfANewerDictionarySaysSo() {
    assertEquals(
        "compressed with dictionary 2 (this node has 1 to 1)",
        refused(changed(DICTIONARY, 2)).getMessage());
  }

  /// A flipped bit must not have its dialog wait for a version that never comes.
  @Test
  void aDictionaryThatIsFarFromComingIsDamage() {
    for (int dictionary : new int[] {17, 33, 65, 129}) {
      assertEquals(Unreadable.class, refused(changed(DICTIONARY, dictionary)).getClass());
    }
    assertEquals(NewerVersion.class, refused(changed(DICTIONARY, 16)).getClass());
  }

  @Test
  void aFrameOfNoDictionaryIsRefused() {
    assertTrue(refused(Zstd.compress(MESSAGE)).getMessage().contains("dictionary 0"));
  }

  @Test
  void aHeadThatClaimsMoreThanTheLargestContentAllocatesNothing() {
    var head = HexFormat.of().parseHex("28b52ffd" + "a5" + "01" + "01004000");
    var refused = refused(Mutations.joined(head, new byte[20]));
    assertEquals("content of 4194305 bytes (at most 4194304)", refused.getMessage());
    var endless = HexFormat.of().parseHex("28b52ffd" + "e5" + "01" + "ffffffffffffffff");
    assertTrue(
        refused(Mutations.joined(endless, new byte[20]))
            .getMessage()
            .startsWith("content of 18446744073709551615 bytes"));
  }

  @Test
  void aHeadThatLiesAboutTheSizeIsFoundOut() {
    for (int change : new int[] {-1, 1, 100}) {
      refused(changed(SIZE, FRAME[SIZE] + change));
    }
  }

  @Test
  void aFrameWithoutContentSizeIsRefused() {
    try (var context = new ZstdCompressCtx()) {
      var frame = context.setContentSize(false).compress(MESSAGE);
      assertEquals("frame without content size", refused(frame).getMessage());
    }
  }

  @Test
  void whatFollowsAFrameIsRefused() {
    var skippable = HexFormat.of().parseHex("502a4d1804000000" + "00000000");
    for (var more : List.of(new byte[1], FRAME, skippable)) {
      assertEquals(
          more.length + " bytes after the frame",
          refused(Mutations.joined(FRAME, more)).getMessage());
    }
    refused(skippable);
  }

  @Test
  void aFrameThatWasCutAnywhereIsRefused() {
    for (int length = 0; length < FRAME.length; length++) {
      refused(Arrays.copyOf(FRAME, length));
    }
  }

  @Test
  void aFlippedBitNeverMakesAnotherMessage() {
    int refused = 0;
    for (int bit = 0; bit < FRAME.length * 8; bit++) {
      try {
        assertArrayEquals(
            MESSAGE, SipFrames.decompress(changed(bit / 8, FRAME[bit / 8] ^ 1 << bit % 8)));
      } catch (Unreadable _) {
        refused++;
      }
    }
    assertTrue(refused > FRAME.length * 8 - 8, refused + " of " + FRAME.length * 8);
  }

  /// More at once than contexts are kept.
  @Test
  void manyCompressAtOnce() throws Exception {
    var tasks = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < 500; i++) {
      var content = Samples.invite("call-" + i, i, i).sip().toArray();
      tasks.add(
          () ->
              Arrays.equals(
                  content, SipFrames.decompress(SipFrames.compress(content, content.length, 0))));
    }
    try (var threads = Executors.newFixedThreadPool(50)) {
      for (var task : threads.invokeAll(tasks)) {
        assertTrue(task.get());
      }
    }
  }

  private static byte[] changed(int at, int value) {
    var frame = FRAME.clone();
    frame[at] = (byte) value;
    return frame;
  }

  private static Unreadable refused(byte[] frame) {
    return assertThrows(Unreadable.class, () -> SipFrames.decompress(frame));
  }
}
