package io.sipscope.node.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final int DIALOGS = 100;
  private static final int MESSAGES = 3;

  private static List<Arrival> interleaved() {
    var arrivals = new ArrayList<Arrival>();
    for (int message = 1; message <= MESSAGES; message++) {
      for (int dialog = 0; dialog < DIALOGS; dialog++) {
        arrivals.add(Messages.arrival(Messages.options("call-" + dialog, message)));
      }
    }
    return arrivals;
  }

  private static List<Arrival> gathered() {
    return Gathering.byDialog(interleaved()).stream().flatMap(b -> b.arrivals().stream()).toList();
  }

  @Test
  void theMessagesOfADialogAreSideBySideInTheirOrder() {
    var gathered = gathered();
    assertEquals(DIALOGS * MESSAGES, gathered.size());
    for (int i = 0; i < gathered.size(); i++) {
      var arrival = gathered.get(i);
      assertEquals("call-" + i / MESSAGES, arrival.key());
      var wanted = "CSeq: " + (i % MESSAGES + 1) + " OPTIONS";
      assertTrue(arrival.capture().sip().latin1().contains(wanted), wanted);
    }
  }

  @Test
  void noBatchIsLongerThanABurst() {
    Gathering.byDialog(interleaved()).forEach(b -> assertTrue(b.arrivals().size() <= 64));
  }

  @Test
  void nothingGathersToNothing() {
    assertEquals(List.of(), Gathering.byDialog(List.of()));
  }
}
