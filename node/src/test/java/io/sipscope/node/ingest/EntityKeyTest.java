package io.sipscope.node.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EntityKeyTest {

  @Test
  void aMessageBelongsToTheDialogOfItsCallId() {
    var arrival = Messages.arrival(Messages.options("a84b4c76e66710@pc33.example.com"));
    assertEquals("a84b4c76e66710@pc33.example.com", arrival.key());
  }

  @Test
  void aLongCallIdIsKeyedByItsDigest() {
    var key = Messages.arrival(Messages.options("x".repeat(201))).key();
    assertTrue(key.matches("sha256:[0-9a-f]{64}"), key);
  }

  @Test
  void bothDirectionsWithoutACallIdMeetByDayAndEndpoints() {
    long time = 1_700_000_000_000_000_000L;
    var there = Messages.capture("x", time, "10.0.0.2:5060", "10.0.0.1:5080");
    var back = Messages.capture("x", time + 1, "10.0.0.1:5080", "10.0.0.2:5060");
    var key = "no-call-id:2023-11-14:10.0.0.1:5080-10.0.0.2:5060";
    assertEquals(key, EntityKey.withoutCallId(there));
    assertEquals(key, EntityKey.withoutCallId(back));
  }

  @Test
  void aNewDayIsANewDialogForMessagesWithoutACallId() {
    long midnight = 1_700_006_400_000_000_000L;
    assertEquals(
        "no-call-id:2023-11-14:[::1]:1-[::1]:2",
        EntityKey.withoutCallId(Messages.capture("x", midnight - 1, "[::1]:1", "[::1]:2")));
    assertEquals(
        "no-call-id:2023-11-15:[::1]:1-[::1]:2",
        EntityKey.withoutCallId(Messages.capture("x", midnight, "[::1]:1", "[::1]:2")));
  }
}
