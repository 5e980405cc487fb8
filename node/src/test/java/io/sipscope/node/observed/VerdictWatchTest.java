package io.sipscope.node.observed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.Event.Value.Text;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.protocol.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictWatchTest {
  private final List<String> told = new ArrayList<>();
  private final VerdictWatch watch = new VerdictWatch(events());

  private Events events() {
    var events = new Events(new EventNames(List.of()), (_, _) -> {}, new Counters(), () -> 0);
    events.routes(() -> Set.of(EventNames.VERDICT_BAD), event -> told.add(said(event)));
    return events;
  }

  private static String said(Event event) {
    return ((Text) event.parameters().get(0).value()).text()
        + ' '
        + ((Text) event.parameters().get(2).value()).text();
  }

  private static Verdict verdict(Verdict.Level level, String rule) {
    return new Verdict(level, "title", "detail", List.of(), rule);
  }

  private void bad(String key, String rule, long at) {
    watch.heard(key, "call", verdict(Verdict.Level.BAD, rule), at);
  }

  @Test
  void itIsToldWhenItHasLastedAndOnce() {
    bad("a", "ack-missing", 0);
    watch.look(VerdictWatch.SETTLED - 1);
    assertEquals(List.of(), told);
    bad("a", "ack-missing", 1); // another message, the same verdict
    watch.look(VerdictWatch.SETTLED);
    bad("a", "ack-missing", VerdictWatch.SETTLED + 1);
    watch.look(9 * VerdictWatch.SETTLED);
    assertEquals(List.of("a ack-missing"), told);
  }

  @Test
  void whatTurnsOutWellIsNotTold() {
    bad("a", "ack-missing", 0);
    watch.heard("a", "call", verdict(Verdict.Level.GOOD, "answered"), 1);
    watch.look(9 * VerdictWatch.SETTLED);
    assertEquals(List.of(), told);
  }

  @Test
  void anotherRuleBeginsAnewAndIsToldToo() {
    bad("a", "ack-missing", 0);
    bad("b", "ack-missing", 1);
    bad("a", "private-contact", VerdictWatch.SETTLED - 1);
    watch.look(VerdictWatch.SETTLED + 1);
    assertEquals(List.of("b ack-missing"), told);
    watch.look(2 * VerdictWatch.SETTLED);
    assertEquals(List.of("b ack-missing", "a private-contact"), told);
  }

  @Test
  void thoseThatWaitAreBoundedAndNoneIsLost() {
    int more = VerdictWatch.MOST + 5;
    for (int i = 0; i < more; i++) {
      bad("d" + i, "r", i);
    }
    assertEquals(5, told.size());
    watch.look(9 * VerdictWatch.SETTLED);
    assertEquals(more, told.size());
  }
}
