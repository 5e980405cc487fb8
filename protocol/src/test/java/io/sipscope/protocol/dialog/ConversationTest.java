package io.sipscope.protocol.dialog;

import static io.sipscope.protocol.dialog.Play.SECOND;
import static io.sipscope.protocol.dialog.Play.summary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.verdict.Verdict;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final String ANSWERED =
      """
      alice > bob : INVITE 1
      bob > alice : 100 INVITE 1
      bob > alice : 180 INVITE 1 to=b
      bob > alice : 200 INVITE 1 to=b
      alice > bob : ACK 1 to=b
      """;

  private static final String ENDED = ANSWERED + "bob > alice : BYE 7 to=b by=callee\n";

  @Test
  void anAnsweredCallIsConfirmedAndKnowsItsTimes() {
    var call = summary(ANSWERED);
    assertEquals(Phase.CONFIRMED, call.phase());
    assertEquals(OptionalLong.of(3 * SECOND), call.setup());
    assertEquals(OptionalLong.of(SECOND), call.ring());
    assertEquals(OptionalLong.empty(), call.duration());
    assertEquals(OptionalLong.empty(), call.endedAt());
    assertEquals(OptionalInt.of(200), call.status());
    assertEquals(OptionalLong.of((5 + 12 * 3600) * SECOND), call.expiresAt());
    assertEquals("in-call", call.verdict().rule());
  }

  @Test
  void theByeOfEitherSideEndsACall() {
    var call = summary(ENDED);
    assertEquals(Phase.TERMINATED, call.phase());
    assertEquals(OptionalLong.of(6 * SECOND), call.endedAt());
    assertEquals(OptionalLong.of(2 * SECOND), call.duration());
    assertEquals(OptionalLong.empty(), call.expiresAt());
    assertEquals("Answered after 3.0 s, ended by the callee after 2.0 s.", call.verdict().detail());
    assertEquals(List.of(1L, 4L, 6L), call.verdict().evidence());
  }

  @Test
  void theCallerStaysTheCallerWhoeverSpeaks() {
    var call = summary(ENDED);
    assertEquals("alice@example.org", call.caller());
    assertEquals("bob@example.com", call.callee());
    assertEquals("a", call.fromTag());
    assertEquals(List.of("b"), call.toTags());
    assertEquals("192.0.2.1:5060", call.source().toString());
    assertEquals("192.0.2.3:5060", call.destination().toString());
    assertEquals("INVITE", call.method());
    assertEquals("sip:bob@example.com", call.ruri());
    assertEquals("Alice's phone", call.userAgent());
    assertEquals("play@example.org", call.callId());
  }

  @Test
  void aResponseMayBeTheFirstThatIsHeard() {
    var call = summary("bob > alice : 180 INVITE 1 to=b");
    assertEquals(Phase.EARLY, call.phase());
    assertEquals("INVITE", call.method());
    assertEquals("192.0.2.1:5060", call.source().toString());
    assertEquals("alice@example.org", call.caller());
  }

  @Test
  void aByeAloneEndsWhatWasNotSeen() {
    var call = summary("alice > bob : BYE 2 to=b");
    assertEquals(Phase.TERMINATED, call.phase());
    assertEquals(OptionalLong.of(SECOND), call.endedAt());
  }

  @Test
  void aRefusedCallHasFailedWithItsStatus() {
    var call =
        summary(
            """
            alice > bob : INVITE 1
            bob > alice : 180 INVITE 1 to=b
            bob > alice : 486 INVITE 1 to=b
            alice > bob : ACK 1 to=b
            """);
    assertEquals(Phase.FAILED, call.phase());
    assertEquals(OptionalInt.of(486), call.status());
    assertEquals(OptionalLong.of(3 * SECOND), call.endedAt());
    assertEquals(OptionalLong.of(SECOND), call.ring());
    assertEquals("Not connected: 486 Busy Here from 192.0.2.3", call.verdict().title());
    assertEquals(List.of(1L, 3L), call.verdict().evidence());
  }

  @Test
  void aCancelledCallIsNotAFailedOne() {
    var call =
        summary(
            """
            alice > bob : INVITE 1
            bob > alice : 180 INVITE 1 to=b
            alice > bob : CANCEL 1 branch=INVITE1
            bob > alice : 200 CANCEL 1 branch=INVITE1 to=b
            bob > alice : 487 INVITE 1 to=b
            alice > bob : ACK 1 to=b
            """);
    assertEquals(Phase.CANCELLED, call.phase());
    assertEquals(OptionalInt.of(487), call.status());
    assertEquals(OptionalLong.of(5 * SECOND), call.endedAt());
    assertEquals("CANCEL was sent after 2.0 s.", call.verdict().detail());
    assertEquals(List.of(1L, 2L, 3L, 5L), call.verdict().evidence());
  }

  @Test
  void aChallengeEndsNothingOnceTheRequestIsSentAgain() {
    var challenged =
        """
        alice > bob : INVITE 1 branch=c1
        bob > alice : 401 INVITE 1 to=x branch=c1
        alice > bob : ACK 1 to=x branch=c1
        """;
    assertEquals(Phase.FAILED, summary(challenged).phase());
    assertEquals(OptionalInt.of(401), summary(challenged).status());
    var again = summary(challenged + "alice > bob : INVITE 2 branch=c2\n");
    assertEquals(Phase.TRYING, again.phase());
    assertEquals(OptionalInt.empty(), again.status());
    assertEquals(OptionalLong.empty(), again.endedAt());
  }

  @Test
  void aRefusedReinviteEndsNothing() {
    var call =
        summary(
            ANSWERED
                + """
                alice > bob : INVITE 2 to=b
                bob > alice : 488 INVITE 2 to=b
                alice > bob : ACK 2 to=b
                """);
    assertEquals(Phase.CONFIRMED, call.phase());
    assertEquals(OptionalInt.of(200), call.status());
  }

  @Test
  void oneForkThatRefusesDoesNotEndACallThatStillRings() {
    var forked =
        """
        alice > proxy : INVITE 1 branch=b1
        proxy > bob : INVITE 1 branch=b2 vias=2
        proxy > carol : INVITE 1 branch=b3 vias=2
        bob > proxy : 486 INVITE 1 branch=b2 vias=2 to=b
        carol > proxy : 180 INVITE 1 branch=b3 vias=2 to=c
        """;
    assertEquals(Phase.EARLY, summary(forked).phase());
    var refused = summary(forked + "proxy > alice : 486 INVITE 1 branch=b1 to=b\n");
    assertEquals(Phase.FAILED, refused.phase());
    assertEquals(List.of("b", "c"), refused.toTags());
  }

  @Test
  void aCallAnsweredByTwoForksEndsWithTheByeOfBoth() {
    var two =
        """
        alice > bob : INVITE 1
        bob > alice : 200 INVITE 1 to=b
        carol > alice : 200 INVITE 1 to=c
        alice > carol : BYE 2 to=c
        """;
    assertEquals(Phase.CONFIRMED, summary(two).phase());
    var ended = summary(two + "alice > bob : BYE 2 to=b branch=other\n");
    assertEquals(Phase.TERMINATED, ended.phase());
    assertEquals(OptionalLong.of(5 * SECOND), ended.endedAt());
  }

  @Test
  void anUnansweredCallExpiresAfterTimerC() {
    var call = summary("alice > bob : INVITE 1");
    assertEquals(OptionalLong.of(181 * SECOND), call.expiresAt());
    assertEquals(Phase.TRYING, call.phaseAt(180 * SECOND));
    assertEquals(Phase.EXPIRED, call.phaseAt(181 * SECOND));
    assertEquals("no-response", call.verdict().rule());
  }

  @Test
  void anUnansweredRequestExpiresAfterItsTransaction() {
    assertEquals(OptionalLong.of(33 * SECOND), summary("alice > bob : OPTIONS 1").expiresAt());
  }

  @Test
  void aRegistrationEndsWithItsAnswerAfterTheChallenge() {
    var register =
        summary(
            """
            alice > proxy : REGISTER 1
            proxy > alice : 401 REGISTER 1 to=x
            alice > proxy : REGISTER 2
            proxy > alice : 200 REGISTER 2 to=y
            """);
    assertEquals(Phase.TERMINATED, register.phase());
    assertEquals(OptionalInt.of(200), register.status());
    assertEquals(OptionalLong.of(4 * SECOND), register.endedAt());
    assertEquals("registration-accepted", register.verdict().rule());
    assertEquals("The answer was 200 after one challenge.", register.verdict().detail());
  }

  @Test
  void aRegistrationRefusedTwiceHasFailedToAuthenticate() {
    var register =
        summary(
            """
            alice > proxy : REGISTER 1
            proxy > alice : 401 REGISTER 1 to=x
            alice > proxy : REGISTER 2
            proxy > alice : 401 REGISTER 2 to=y
            """);
    assertEquals(Phase.FAILED, register.phase());
    assertEquals("authentication-failed", register.verdict().rule());
    assertEquals(Verdict.Level.BAD, register.verdict().level());
  }

  @Test
  void aSubscriptionLastsUntilANotifyTerminatesIt() {
    var subscribed =
        """
        alice > bob : SUBSCRIBE 1
        bob > alice : 200 SUBSCRIBE 1 to=b
        bob > alice : NOTIFY 1 to=b by=callee state=active;expires=60
        alice > bob : 200 NOTIFY 1 to=b by=callee
        """;
    assertEquals(Phase.CONFIRMED, summary(subscribed).phase());
    var ended =
        summary(
            subscribed + "bob > alice : NOTIFY 2 to=b by=callee state=terminated;reason=timeout\n");
    assertEquals(Phase.TERMINATED, ended.phase());
    assertEquals(OptionalLong.of(5 * SECOND), ended.endedAt());
  }

  @Test
  void whatCannotBeReadIsCountedAllTheSame() {
    var noise =
        Play.capture(
            Play.address("alice"),
            Play.address("bob"),
            SECOND,
            io.sipscope.protocol.capture.Agent.NONE,
            "noise");
    var summary = Play.played(List.of(noise)).summary();
    assertEquals(1, summary.messages());
    assertEquals("192.0.2.1:5060", summary.source().toString());
    assertTrue(summary.method().isEmpty());
  }

  @Test
  void aTagHoweverLongIsKeptUpToABound() {
    var call = summary("alice > bob : INVITE 1 from=" + "x".repeat(60_000));
    assertEquals(512, call.fromTag().length());
    assertEquals(List.of(), call.toTags());
  }
}
