package io.sipscope.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.bench.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void everyMessageOfEveryCallIsDueOnceAndInTheOrderOfItsCall() {
    var next = new HashMap<Long, Integer>();
    for (var due : all(new Schedule(500, SECOND / 100, 3 * SECOND))) {
      assertEquals(next.getOrDefault(due.call(), 0), due.message());
      next.merge(due.call(), 1, Integer::sum);
    }
    assertEquals(500, next.size());
    assertTrue(next.values().stream().allMatch(messages -> messages == Call.MESSAGES));
  }

  @Test
  void timeNeverGoesBack() {
    long last = -1;
    for (var due : all(new Schedule(500, SECOND / 100, 3 * SECOND))) {
      assertTrue(due.due() >= last);
      last = due.due();
    }
  }

  @Test
  void callsOverlap() {
    var first = all(new Schedule(500, SECOND / 100, 3 * SECOND)).subList(0, 100);
    assertTrue(first.stream().map(Schedule.Due::call).distinct().count() > 20);
  }

  @Test
  void itEnds() {
    var schedule = new Schedule(1, SECOND, 0);
    all(schedule);
    assertFalse(schedule.hasNext());
    assertThrows(NoSuchElementException.class, schedule::next);
  }

  private static List<Schedule.Due> all(Schedule schedule) {
    var all = new ArrayList<Schedule.Due>();
    while (schedule.hasNext()) {
      all.add(schedule.next());
    }
    return all;
  }
}
