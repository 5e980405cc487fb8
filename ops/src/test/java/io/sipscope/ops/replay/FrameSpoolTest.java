package io.sipscope.ops.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameSpoolTest {

  /// 2,000 messages at 50 times: in one piece, in some twenty, in one a message.
  @ParameterizedTest
  @ValueSource(ints = {1 << 20, 10_000, 1})
  void messagesComeBackByTimeAndThoseOfOneTimeAsTheyCame(int inMemory) throws IOException {
    var random = new Random(7);
    var given = new ArrayList<FrameSpool.Timed>();
    try (var spool = new FrameSpool(inMemory)) {
      for (int i = 0; i < 2_000; i++) {
        var bytes = Bytes.of(i + " " + "x".repeat(random.nextInt(80)));
        var message = new FrameSpool.Timed(random.nextLong(-20, 30), bytes);
        given.add(message);
        spool.add(message);
      }
      given.sort(Comparator.comparingLong(FrameSpool.Timed::time));
      assertEquals(given, all(spool));
      assertEquals(2_000, spool.messages());
      assertEquals(49, spool.span());
    }
  }

  @Test
  void anEmptyOneIsEmpty() throws IOException {
    try (var spool = new FrameSpool()) {
      assertEquals(List.of(), all(spool));
      assertEquals(0, spool.span());
    }
  }

  private static List<FrameSpool.Timed> all(FrameSpool spool) throws IOException {
    var all = new ArrayList<FrameSpool.Timed>();
    var sorted = spool.sorted();
    for (var next = sorted.next(); next.isPresent(); next = sorted.next()) {
      all.add(next.get());
    }
    return all;
  }
}
