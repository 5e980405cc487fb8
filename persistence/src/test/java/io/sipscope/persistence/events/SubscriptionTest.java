package io.sipscope.persistence.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SubscriptionTest {
  private static Subscription made(long at, int expire, String owner) {
    return new Subscription(
        "E_SCRIPT_MSG",
        new SubscriberSocket.Route("r"),
        at,
        expire,
        Subscription.Era.JSON,
        owner,
        /* permanent */ false);
  }

  /// Else each node would take the other for the one to tell.
  @Test
  void allNodesTakeTheSameForTheNewerInWhateverOrderTheyLearnOfThem() {
    var here = made(7, 60, "a");
    var there = made(7, 60, "b");
    assertEquals(here.newer(there), there.newer(here));
    var later = made(8, 60, "a");
    assertEquals(later, there.newer(later));
    assertEquals(later, later.newer(there));
  }

  @Test
  void whatIsEndedInTheMillisecondItBeganHasEnded() {
    var ended = made(7, 0, "a");
    assertEquals(ended, made(7, 60, "a").newer(ended));
  }
}
