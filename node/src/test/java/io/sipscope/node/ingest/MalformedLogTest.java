package io.sipscope.node.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MalformedLogTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong(17);
  private final MalformedLog log = new MalformedLog(now::get);

  @Test
  void aSenderIsHeardOfOnceAMinuteAndTheRestIsCounted() {
    assertEquals(0, log.unsaid("10.0.0.1"));
    assertEquals(-1, log.unsaid("10.0.0.1"));
    now.addAndGet(59 * SECOND);
    assertEquals(-1, log.unsaid("10.0.0.1"));
    assertEquals(0, log.unsaid("10.0.0.2"));
    now.addAndGet(SECOND);
    assertEquals(2, log.unsaid("10.0.0.1"));
    now.addAndGet(60 * SECOND);
    assertEquals(0, log.unsaid("10.0.0.1"));
  }

  @Test
  void aHundredThousandForgedSendersWriteAFewLinesASecond() {
    long lines = IntStream.range(0, 100_000).filter(i -> log.unsaid("sender " + i) >= 0).count();
    assertEquals(MalformedLog.MAX_LINES_A_SECOND, lines);
    now.addAndGet(SECOND);
    assertEquals(0, log.unsaid("another"));
  }

  @Test
  void theSenderThatWasSilentLongestIsForgotten() {
    // The clock runs on by itself here, so that the lines of a second never run out.
    var quick = new MalformedLog(() -> now.addAndGet(SECOND / 4));
    assertEquals(0, quick.unsaid("first"));
    assertEquals(-1, quick.unsaid("first"));
    for (int i = 0; i < MalformedLog.MAX_SENDERS; i++) {
      assertEquals(0, quick.unsaid("sender " + i));
    }
    assertEquals(0, quick.unsaid("first"), "a sender that is remembered has one unsaid");
  }

  @Test
  void noControlCharacterOfASenderReachesTheTerminal() {
    assertEquals("a.[31mb..c", MalformedLog.printable("a\u001b[31mb\r\nc"));
    assertEquals(".", MalformedLog.printable("\u009b"));
  }
}
