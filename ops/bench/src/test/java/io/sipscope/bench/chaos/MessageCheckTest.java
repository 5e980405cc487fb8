package io.sipscope.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sipscope.bench.chaos.MessageCheck.Found;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageCheckTest {
  private static final String SENT = "invite trying ok";

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # there,                     lost, extra, disordered
          invite trying ok,               0,     0,          0
          invite ok,                      1,     0,          0
          '',                             3,     0,          0
          invite trying ok ok,            0,     1,          0
          invite trying OK,               1,     1,          0
          trying invite ok,               0,     0,          1
          """)
  void tellsWhatIsLostFromWhatIsExtraAndWhatIsOutOfOrder(
      String there, long lost, long extra, long disordered) {
    var found = MessageCheck.compare(prints(SENT), prints(there));
    assertEquals(new Found(3, lost, extra, disordered), found);
    assertEquals(there.equals(SENT), found.isRight());
  }

  @Test
  void twoMessagesOfOneLengthHaveDifferentPrints() {
    assertEquals(
        "2 8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4",
        MessageCheck.print("hi".getBytes(UTF_8)));
    assertFalse(MessageCheck.print("ho".getBytes(UTF_8)).startsWith("2 8f43"));
  }

  private static List<String> prints(String words) {
    return Arrays.stream(words.split(" "))
        .filter(word -> !word.isEmpty())
        .map(word -> MessageCheck.print(word.getBytes(UTF_8)))
        .toList();
  }
}
