package io.sipscope.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountersTest {
  private static final Map<String, Long> RIGHT =
      Map.of("received", 10L, "persisted", 10L, "duplicates", 3L, "dropped_kernel", 0L);

  @Test
  void nothingIsWrongWhenEverythingIsStored() {
    assertEquals(List.of(), counters(RIGHT).complaints(OptionalLong.of(10)));
    assertEquals(7, counters(RIGHT).stored());
  }

  @Test
  void aMessageInNoCounterIsSeen() {
    var wrong = counters(with("persisted", 9L));
    assertEquals(1, wrong.complaints(OptionalLong.empty()).size());
  }

  @Test
  void aMessageThatNeverArrivedIsSeen() {
    assertEquals(
        List.of("sent 11 messages, received 10"), counters(RIGHT).complaints(OptionalLong.of(11)));
  }

  @Test
  void whatAnEarlierLifeLeftInTheSpoolWasNotSentToThisOne() {
    var found = with("spooled", 3L);
    found.put("unspooled", 7L);
    assertEquals(List.of(), counters(found).complaints(OptionalLong.of(6)));
    assertEquals(
        List.of("sent 7 messages and had 4 in the spool, received 10"),
        counters(found).complaints(OptionalLong.of(7)));
  }

  @Test
  void aDroppedMessageIsSeenAlthoughTheSumIsRight() {
    var dropped = with("persisted", 9L);
    dropped.put("dropped_kernel", 1L);
    assertEquals(1, counters(dropped).complaints(OptionalLong.of(10)).size());
  }

  @Test
  void whatIsInFlightHasNotEnded() {
    var flying = with("persisted", 6L);
    flying.put("in_flight", 4L);
    assertEquals(6, counters(flying).ended());
    assertEquals(List.of(), counters(flying).complaints(OptionalLong.of(10)));
  }

  private static Map<String, Long> with(String name, long value) {
    var changed = new TreeMap<>(RIGHT);
    changed.put(name, value);
    return changed;
  }

  private static Counters counters(Map<String, Long> byName) {
    return new Counters(new TreeMap<>(byName));
  }
}
