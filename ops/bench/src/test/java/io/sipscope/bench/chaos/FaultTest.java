package io.sipscope.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static final List<Fault> BOTH = List.of(Fault.NODE, Fault.READ_ONLY);

  @Test
  void aPlanHasEachFaultAsOftenAsWanted() {
    var plan = Fault.plan(BOTH, 20, new Random(1));
    assertEquals(40, plan.size());
    assertEquals(20, Collections.frequency(plan, Fault.NODE));
  }

  @Test
  void theSameSeedIsTheSamePlanAndAnotherIsNot() {
    var plan = Fault.plan(BOTH, 20, new Random(1));
    assertEquals(plan, Fault.plan(BOTH, 20, new Random(1)));
    assertNotEquals(plan, Fault.plan(BOTH, 20, new Random(2)));
  }

  @Test
  void aFaultIsReadAsItIsWritten() {
    for (var fault : Fault.values()) {
      assertEquals(fault, Fault.of(fault.text()));
    }
    assertThrows(IllegalArgumentException.class, () -> Fault.of("READ_ONLY"));
  }
}
