package io.sipscope.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.bench.Call;
import io.sipscope.bench.chaos.Ledger.Promise;
import io.sipscope.bench.chaos.MessageCheck.Found;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Found RIGHT = new Found(7, 0, 0, 0);
  private static final SearchCheck ONE = new SearchCheck(Map.of(Call.callId("run", 1), 7L));
  private static final Optional<JournalCheck> JOURNAL = Optional.of(new JournalCheck(1, 1, 0, 0));

  @Test
  void nothingIsWrongWhenAllIsThere() {
    assertEquals(List.of(), new Outcome(RIGHT, ONE, 0, 0, 7).complaints(JOURNAL));
  }

  @Test
  void aRunThatAcknowledgedNothingProvesNothing() {
    assertEquals(1, new Outcome(Found.NOTHING, ONE, 0, 0, 7).complaints(JOURNAL).size());
  }

  @Test
  void eachLossIsAComplaint() {
    assertEquals(1, new Outcome(new Found(7, 1, 0, 0), ONE, 0, 0, 7).complaints(JOURNAL).size());
    assertEquals(1, new Outcome(RIGHT, ONE, 1, 0, 7).complaints(JOURNAL).size());
    assertEquals(1, new Outcome(RIGHT, ONE, 0, 0, 8).complaints(JOURNAL).size());
    assertEquals(1, new Outcome(RIGHT, ONE, 0, 1, 7).complaints(JOURNAL).size());
  }

  @Test
  void aCallIsMissingThatIsNotFoundOrNotWhole() {
    var sought = new SearchCheck(Map.of(Call.callId("run", 1), 7L, Call.callId("run", 2), 6L));
    assertEquals(2, sought.missing(List.of(promise(1), promise(2), promise(3))));
    assertEquals(13, sought.stored());
    assertEquals(sought.messages(), sought.sample(5, new Random(1)));
    assertEquals(1, sought.sample(1, new Random(1)).size());
  }

  private static Promise promise(long call) {
    return new Promise("run", call);
  }
}
