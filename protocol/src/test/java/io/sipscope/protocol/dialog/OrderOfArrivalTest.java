package io.sipscope.protocol.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.capture.Capture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Agents report out of order: what a dialog's messages add up to must not depend on it.
class OrderOfArrivalTest {
  private static final int SHUFFLES = 2_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        alice > bob : INVITE 1
        bob > alice : 100 INVITE 1
        bob > alice : 180 INVITE 1 to=b
        bob > alice : 200 INVITE 1 to=b
        alice > bob : ACK 1 to=b
        bob > alice : INVITE 1 to=b by=callee branch=re
        alice > bob : 488 INVITE 1 to=b by=callee branch=re
        bob > alice : ACK 1 to=b by=callee branch=re
        bob > alice : BYE 7 to=b by=callee
        alice > bob : 200 BYE 7 to=b by=callee
        """,
        """
        alice > proxy : INVITE 1 branch=c1
        proxy > alice : 407 INVITE 1 to=x branch=c1
        alice > proxy : ACK 1 to=x branch=c1
        alice > proxy : INVITE 2 branch=c2
        proxy > bob : INVITE 2 branch=d1 vias=2
        proxy > carol : INVITE 2 branch=d2 vias=2
        bob > proxy : 180 INVITE 2 branch=d1 vias=2 to=b
        proxy > alice : 180 INVITE 2 branch=c2 to=b
        carol > proxy : 200 INVITE 2 branch=d2 vias=2 to=c
        proxy > alice : 200 INVITE 2 branch=c2 to=c
        proxy > bob : CANCEL 2 branch=d1 vias=1
        bob > proxy : 487 INVITE 2 branch=d1 vias=2 to=b
        alice > carol : ACK 2 to=c branch=e
        carol > alice : BYE 1 to=c by=callee
        """,
        """
        alice > bob : INVITE 1
        bob > alice : 180 INVITE 1 to=b
        alice > bob : CANCEL 1 branch=INVITE1
        bob > alice : 200 CANCEL 1 branch=INVITE1
        bob > alice : 487 INVITE 1 to=b
        alice > bob : ACK 1 to=b
        """,
        """
        alice > proxy : REGISTER 1
        proxy > alice : 401 REGISTER 1 to=x
        alice > proxy : REGISTER 2
        proxy > alice : 403 REGISTER 2 to=y
        alice > proxy : REGISTER 3
        proxy > alice : 200 REGISTER 3 to=z
        """,
        """
        alice > bob : SUBSCRIBE 1
        bob > alice : 200 SUBSCRIBE 1 to=b
        bob > alice : NOTIFY 1 to=b by=callee state=active
        alice > bob : 200 NOTIFY 1 to=b by=callee
        bob > alice : NOTIFY 2 to=b by=callee state=terminated
        """
      })
  void changesNothing(String script) {
    var captures = new ArrayList<>(Play.of(script));
    captures.add(Play.at(captures.getFirst(), captures.getFirst().time() + 77));
    captures.add(Play.at(captures.getLast(), captures.getLast().time() + 78));
    var inOrder = comparable(captures);
    var random = new Random(3261);
    for (int i = 0; i < SHUFFLES; i++) {
      Collections.shuffle(captures, random);
      assertEquals(inOrder, comparable(captures));
    }
  }

  /// Evidence names messages by the order they were stored in: that alone differs.
  private static String comparable(List<Capture> captures) {
    return Play.played(captures)
        .summary()
        .toString()
        .replaceAll("evidence=\\[[0-9, ]*\\]|notes=.*", "");
  }
}
