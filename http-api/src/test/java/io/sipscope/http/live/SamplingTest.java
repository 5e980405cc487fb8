package io.sipscope.http.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {
  private static final int CALLS = 500;
  private static final int MESSAGES = 10;

  /// A second of [#CALLS] calls of [#MESSAGES] messages each: the calls of which all were shown.
  private static Set<Integer> second(Sampling sampling, Set<Integer> touched) {
    var whole = IntStream.range(0, CALLS).boxed().collect(Collectors.toCollection(HashSet::new));
    for (int message = 0; message < MESSAGES; message++) {
      for (int call = 0; call < CALLS; call++) {
        if (sampling.admits("call-" + call + "@example.com")) {
          touched.add(call);
        } else {
          whole.remove(call);
        }
      }
    }
    return whole;
  }

  @Test
  void whatTheWatcherCanFollowIsShownInFull() {
    var sampling = new Sampling(CALLS * MESSAGES);
    second(sampling, new HashSet<>());
    assertEquals(new Live.Rate(5_000, 5_000, 1), sampling.tick());
  }

  @Test
  void beyondThatAboutAsManyAreShownAsCanBeFollowedAndTheirCallsAreWhole() {
    var sampling = new Sampling(1_000);
    second(sampling, new HashSet<>());
    var surge = sampling.tick();
    assertEquals(5_000, surge.matched());
    assertEquals(2_000, surge.shown(), "the first second does not bring more than twice the rate");
    var touched = new HashSet<Integer>();
    var whole = second(sampling, touched);
    var told = sampling.tick();
    assertEquals(0.2, told.share());
    assertTrue(told.shown() > 600 && told.shown() < 1_400, told.toString());
    assertEquals(touched, whole);
  }

  @Test
  void aSmallerShareIsPartOfALargerAndTheShareGrowsAgainStepByStep() {
    var sampling = new Sampling(1_000);
    second(sampling, new HashSet<>());
    sampling.tick();
    var fewer = second(sampling, new HashSet<>());
    sampling.tick();
    var shares = IntStream.range(0, 5).mapToObj(_ -> sampling.tick().share()).toList();
    assertEquals(0.2, shares.get(0), 1e-9);
    assertEquals(0.3, shares.get(1), 1e-9);
    assertEquals(1.0, shares.get(4), 1e-9);
    var slower = new Sampling(500);
    second(slower, new HashSet<>());
    slower.tick();
    assertTrue(fewer.containsAll(second(slower, new HashSet<>())));
  }
}
