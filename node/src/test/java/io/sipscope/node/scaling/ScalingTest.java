package io.sipscope.node.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScalingTest {
  private int workers = 1;

  /// `+` one more, `-` one less, `.` nothing, a sign a cycle.
  private String decisions(Scaling scaling, int... loads) {
    var decisions = new StringBuilder();
    for (int load : loads) {
      switch (scaling.after(load, workers)) {
        case UP -> {
          workers++;
          decisions.append('+');
        }
        case DOWN -> {
          workers--;
          decisions.append('-');
        }
        case NONE -> decisions.append('.');
      }
    }
    return decisions.toString();
  }

  private static Scaling scaling(String profile) {
    return new Scaling(Profile.parse("a " + profile).orElseThrow());
  }

  private static int[] times(int count, int load) {
    return IntStream.generate(() -> load).limit(count).toArray();
  }

  @Test
  void oneMoreIsStartedWhenTheLoadWasOverTheBoundSoOften() {
    assertEquals("..+", decisions(scaling("scale up to 4 on 50% for 3 cycles"), 60, 60, 60));
    assertEquals("......", decisions(scaling("scale up to 4 on 50% for 2 cycles"), times(6, 50)));
  }

  @Test
  void thatManyOfTheLastFewAreEnough() {
    assertEquals(
        "...+", decisions(scaling("scale up to 4 on 50% for 3 cycles within 4"), 60, 10, 60, 60));
    assertEquals(
        ".....",
        decisions(scaling("scale up to 4 on 50% for 3 cycles within 4"), 60, 10, 60, 10, 60));
  }

  @Test
  void afterOneMoreWhatWasBeforeCountsAsSharedByAll() {
    // 60 of one is 30 of two: the old cycles ask for nobody, the load has to stay.
    assertEquals(".+..", decisions(scaling("scale up to 4 on 50% for 2 cycles"), 60, 60, 40, 40));
    workers = 1; // 100 of one is 50 of two and not over it.
    assertEquals(".+.+", decisions(scaling("scale up to 4 on 50% for 2 cycles"), times(4, 100)));
  }

  @Test
  void thereAreNeverMoreThanTheProfileHas() {
    decisions(scaling("scale up to 3 on 50% for 1 cycles"), times(50, 100));
    assertEquals(3, workers);
  }

  @Test
  void oneGoesWhenAllHaveLittleToDoAndNoneCameForTenTimesAsLong() {
    workers = 3;
    var scaling = scaling("scale up to 4 on 50% for 2 cycles scale down to 1 on 20% for 3 cycles");
    assertEquals(".".repeat(30) + "--....", decisions(scaling, times(36, 0)));
    assertEquals(1, workers);
  }

  @Test
  void nobodyGoesSoonAfterOneMore() {
    var scaling = scaling("scale up to 4 on 50% for 1 cycles scale down to 1 on 20% for 2 cycles");
    assertEquals("+", decisions(scaling, 90));
    assertEquals(".".repeat(20) + "-", decisions(scaling, times(21, 0)));
  }

  @Test
  void nobodyGoesWhoseWorkTheOthersCouldNotDo() {
    workers = 2;
    // Each has 19, so the one that stays would have 38, which is over 30.
    var scaling = scaling("scale up to 4 on 30% for 2 cycles scale down to 1 on 20% for 2 cycles");
    assertEquals(".".repeat(40), decisions(scaling, times(40, 19)));
  }

  @Test
  void withoutAWayDownNobodyGoes() {
    workers = 4;
    assertEquals(
        ".".repeat(99), decisions(scaling("scale up to 4 on 50% for 2 cycles"), times(99, 0)));
  }

  @Test
  void whateverTheLoadTheBoundsHold() {
    var random = new Random(6);
    for (int run = 0; run < 2_000; run++) {
      int least = random.nextInt(1, 4);
      int most = least + random.nextInt(1, 5);
      int down = random.nextInt(1, 50);
      var profile =
          new Profile(
              "a",
              most,
              down + random.nextInt(1, 50),
              1 + random.nextInt(3),
              3 + random.nextInt(3),
              least,
              down,
              1 + random.nextInt(4));
      var scaling = new Scaling(profile);
      workers = random.nextInt(least, most + 1);
      var counts = new ArrayList<Integer>(List.of(workers));
      for (int cycle = 0; cycle < 300; cycle++) {
        decisions(scaling, random.nextInt(101));
        counts.add(workers);
      }
      assertTrue(Collections.max(counts) <= most, profile + " " + counts);
      assertTrue(Collections.min(counts) >= least, profile + " " + counts);
    }
  }
}
