package io.sipscope.persistence.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.Rows;
import io.sipscope.persistence.Samples;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.verdict.Verdict;
import io.sipscope.testing.Mutations;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SummaryWireTest {
  private static final byte[] CALL = SummaryWire.encode(Samples.summary("a@example.com", 0));

  @ParameterizedTest
  @EnumSource
  void aSummaryComesBackAsItWas(Phase phase) throws Unreadable {
    var summary =
        Rows.call("caf\u00e9", 5)
            .phase(phase)
            .noStatus()
            .expiresAt(-1)
            .addresses(Samples.CAROL_V6, Samples.BOB)
            .agents(new Agent(4_294_967_295L, "edge-1"), new Agent(2002, ""))
            .messages(Long.MAX_VALUE)
            .row()
            .summary();
    assertEquals(summary, SummaryWire.decode(SummaryWire.encode(summary)));
  }

  @Test
  void aSummaryOfTheFirstVersionIsReadWithAVerdictWithoutNotes() throws Unreadable {
    var summary = Samples.summary("a@example.com", 0);
    var verdict = summary.verdict();
    var now = new WireOutput(100);
    now.text(verdict.rule());
    now.count(verdict.version());
    now.text(verdict.where());
    now.count(verdict.notes().size());
    for (var note : verdict.notes()) {
      now.count(note.seq());
      now.text(note.text());
    }
    var then = new WireOutput(100);
    then.count(verdict.evidence().size());
    verdict.evidence().forEach(then::count);
    then.text(verdict.rule());
    int same = CALL.length - now.toArray().length;
    var old = Arrays.copyOf(CALL, same + then.toArray().length);
    System.arraycopy(then.toArray(), 0, old, same, then.toArray().length);
    old[0] = 1;
    assertEquals(summary, SummaryWire.decode(old));
    old[0] = 3;
    assertThrows(Unreadable.class, () -> SummaryWire.decode(old));
  }

  @Test
  void aVerdictComesBackWithItsNotes() throws Unreadable {
    var verdict =
        new Verdict(
            Verdict.Level.BAD,
            "Dropped",
            "The ACK got lost.",
            "ack-missing",
            3,
            "192.0.2.3",
            List.of(new Verdict.Note(7, "Contact is private"), new Verdict.Note(10, "ACK")));
    var summary = Rows.call("x", 5).verdict(verdict).row().summary();
    var back = SummaryWire.decode(SummaryWire.encode(summary)).verdict();
    assertEquals(verdict, back);
    assertEquals(List.of(7L, 10L), back.evidence());
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < CALL.length; length++) {
      var cut = Arrays.copyOf(CALL, length);
      assertThrows(Unreadable.class, () -> SummaryWire.decode(cut), "of " + length + " bytes");
    }
    var longer = Arrays.copyOf(CALL, CALL.length + 1);
    assertThrows(Unreadable.class, () -> SummaryWire.decode(longer));
  }

  @Test
  void damagedSummariesAreUnreadableAndNothingWorse() {
    var mutations = new Mutations(List.of(CALL), new Random(3261));
    long refused = 0;
    for (long i = 0; i < Mutations.INPUTS; i++) {
      try {
        SummaryWire.decode(mutations.next());
      } catch (Unreadable _) {
        refused++;
      }
    }
    assertTrue(refused > Mutations.INPUTS / 10, refused + " refused");
  }
}
