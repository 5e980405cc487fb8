package io.sipscope.node.observed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrimTest {

  /// What fills from 0 to 100 and empties again tells twice.
  @ParameterizedTest
  @CsvSource({"1, 1, 0", "50, 50, 49", "99, 99, 98"})
  void itIsToldOnceAtTheMarkAndOnceBelow(int mark, int rising, int falling) {
    var brim = new Brim(mark);
    var up = IntStream.rangeClosed(0, 100).filter(brim::isNews).boxed().toList();
    var down = IntStream.rangeClosed(0, 100).map(i -> 100 - i).filter(brim::isNews).boxed();
    assertEquals(List.of(rising), up);
    assertEquals(List.of(falling), down.toList());
  }

  @Test
  void zeroIsOff() {
    var brim = new Brim(0);
    assertFalse(IntStream.rangeClosed(0, 100).anyMatch(brim::isNews));
  }
}
