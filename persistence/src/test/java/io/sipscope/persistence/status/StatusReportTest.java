package io.sipscope.persistence.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.events.EventDelivery;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusReportTest {
  private final StatusReport report =
      new StatusReport(
          new Events(new EventNames(List.of()), EventDelivery.NOBODY, new Counters(), () -> 0),
          Clock.systemUTC());

  @Test
  void aStatusOfNothingCountsAsReady() {
    assertEquals(1, new Status(0, "").code());
    assertTrue(new Status(0, "").isReady());
    assertFalse(new Status(-1, "").isReady());
  }

  @Test
  void onlyTheLatestReportsAreKept() {
    var identifier = report.identifier("core", "main", Status.RUNNING);
    for (int i = 0; i < 13; i++) {
      identifier.report("number " + i);
    }
    assertEquals(10, identifier.reports().size());
    assertEquals("number 3", identifier.reports().getFirst().log());
    assertEquals("number 12", identifier.reports().getLast().log());
  }

  @Test
  void otherDetailsAreNoOtherStatus() {
    var identifier = report.identifier("core", "main", Status.RUNNING);
    assertFalse(identifier.set(new Status(1, "running well")));
    assertEquals("running well", identifier.status().details());
    assertTrue(identifier.set(new Status(-1, "not running")));
  }

  @Test
  void anIdentifierIsRegisteredOnce() {
    var first = report.identifier("core", "main", Status.RUNNING);
    assertEquals(first, report.identifier("core", "main", new Status(-1, "")));
    report.identifier("core", "other", Status.RUNNING);
    assertEquals(List.of("core"), report.groups());
    assertEquals(2, report.identifiers("core").orElseThrow().size());
  }
}
