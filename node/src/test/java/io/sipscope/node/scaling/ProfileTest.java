package io.sipscope.node.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
  @Test
  void bothWaysAreRead() {
    assertEquals(
        Optional.of(new Profile("PROFILE_SIP", 8, 70, 4, 5, 2, 20, 5)),
        Profile.parse(
            "PROFILE_SIP scale up to 8 on 70% for 4 cycles within 5\n"
                + "  scale down to 2 on 20% for 5 cycles"));
  }

  @Test
  void withoutAWindowEveryCycleCountsAndWithoutAWayDownNobodyGoes() {
    assertEquals(
        Optional.of(new Profile("a", 4, 50, 3, 3, 0, 0, 0)),
        Profile.parse("a SCALE UP TO 4 on 50 % for 3 cycles"));
  }

  @Test
  void moreWorkersThanAreOfUseAreNotMade() {
    var profile =
        Profile.parse("a scale up to 999 on 50% for 2 cycles scale down to 100 on 9% for 2 cycles");
    assertEquals(
        Optional.of(new Profile("a", 64, 50, 2, 2, 63, 9, 2)), profile.map(Profile::capped));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a scale up to 4 on 50% for 0 cycles",
        "a scale up to 0 on 50% for 2 cycles",
        "a scale up to 1000 on 50% for 2 cycles",
        "a scale up to 4 on 101% for 2 cycles",
        "a scale up to 4 on 50% for 3 cycles within 2",
        "a scale up to 4 on 50% for 3 cycles within 99999",
        "a scale up to 99999999999 on 50% for 3 cycles",
        "a scale up to 4 on 50% for 2 cycles scale down to 4 on 20% for 2 cycles",
        "a scale up to 4 on 50% for 2 cycles scale down to 1 on 50% for 2 cycles",
        "a scale up to 4 on 50% for 2 cycles scale down to 1 on 20% for 0 cycles",
        "a scale up to 4 on 50% for 2 cycles and more",
        "scale up to 4 on 50% for 2 cycles",
      })
  void whatMakesNoSenseIsNone(String text) {
    assertEquals(Optional.empty(), Profile.parse(text));
  }
}
