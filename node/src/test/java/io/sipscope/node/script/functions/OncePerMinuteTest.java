package io.sipscope.node.script.functions;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OncePerMinuteTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final OncePerMinute sentences = new OncePerMinute();

  @Test
  void aSentenceIsSaidAgainAfterAMinute() {
    assertTrue(sentences.isDue("a", 0));
    assertFalse(sentences.isDue("a", MINUTE - 1));
    assertTrue(sentences.isDue("b", 1), "another one");
    assertTrue(sentences.isDue("a", MINUTE));
  }

  @Test
  void tooManyAreNotSaidUntilOthersAreForgotten() {
    for (int at = 0; at < OncePerMinute.MOST; at++) {
      assertTrue(sentences.isDue("sentence " + at, 0));
    }
    assertFalse(sentences.isDue("one more", 0));
    assertTrue(sentences.isDue("one more", MINUTE));
  }
}
