package io.sipscope.protocol.legs;

import static io.sipscope.protocol.legs.Joined.none;
import static io.sipscope.protocol.legs.Joined.one;
import static io.sipscope.protocol.legs.Joined.pairs;
import static io.sipscope.protocol.legs.Told.leg;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.legs.LegEdge.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Legs that are joined by nothing but who calls whom, when and through which host: an SBC at
/// 203.0.113.5.
class ProximityEdgesTest {
  private static final String CALLER = "+4930123456@x";
  private static final String CALLEE = "+4989654321@x";

  private static Told a(String callId) {
    return leg(callId, "203.0.113.7", "203.0.113.5").parties(CALLER, CALLEE);
  }

  private static Told b(String callId) {
    return leg(callId, "203.0.113.5", "198.51.100.9").parties(CALLER, CALLEE);
  }

  @Test
  void theSecondLegFollowsFromTheFirst() {
    var edge = one(a("a").whole(0, 9000), b("b").whole(112, 8000));
    assertEquals(Kind.PROXIMITY, edge.kind());
    assertEquals(0.7, edge.confidence());
    assertEquals(
        "Both are from +4930123456 (30123456) to +4989654321 (89654321), 112 ms apart, and the"
            + " second comes from 203.0.113.5, where the first went (#1 and #1).",
        edge.evidence());
  }

  @ParameterizedTest
  @CsvSource({
    "+4930123456, 004930123456",
    "+4930123456, 030123456",
    "+49-30-123456, 4930123456",
    "0101, 101",
    "Alice, alice"
  })
  void aNumberMayBeWrittenInManyWays(String one, String other) {
    one(
        leg("a", "203.0.113.7", "203.0.113.5").parties(one + "@x", CALLEE).whole(0, 9000),
        leg("b", "203.0.113.5", "198.51.100.9").parties(other + "@y", CALLEE).whole(50, 9000));
  }

  @ParameterizedTest
  @CsvSource({
    "+4930123456, +4930123457",
    "101, 4930000101",
    "anonymous, anonymous",
    "alice, malice"
  })
  void othersAreOthers(String one, String other) {
    none(
        leg("a", "203.0.113.7", "203.0.113.5").parties(one + "@x", CALLEE).whole(0, 9000),
        leg("b", "203.0.113.5", "198.51.100.9").parties(other + "@y", CALLEE).whole(50, 9000));
  }

  /// The golden case: the same two talk again within a minute through the same SBC.
  @Test
  void whoCallsAgainWithinAMinuteMakesTwoCalls() {
    assertEquals(
        List.of("a1-b1", "a2-b2", "a3-b3"),
        pairs(
            a("a1").whole(0, 9000),
            b("b1").whole(100, 8900),
            a("a2").whole(20_000, 9000),
            b("b2").whole(20_100, 8900),
            a("a3").whole(40_000, 9000),
            b("b3").whole(40_100, 8900)));
  }

  @Test
  void callsOfOneLegAgainWithinAMinuteAreNotJoined() {
    none(a("a1").whole(0, 9000), a("a2").whole(20_000, 9000), a("a3").whole(29_100, 9000));
    none(b("b1").whole(0, 9000), b("b2").whole(2_000, 9000));
    none(a("a1").whole(0, 9000), b("b2").whole(20_000, 9000));
  }

  @Test
  void whoCallsAgainAtOnceMakesTwoCalls() {
    assertEquals(
        List.of("a1-b1", "a2-b2"),
        pairs(
            a("a1").whole(0, 9000),
            b("b1").whole(50, 8900),
            a("a2").whole(1_000, 9000),
            b("b2").whole(1_050, 8900)));
  }

  @Test
  void callsThatCannotBeToldApartAreNotJoined() {
    none(
        a("a1").whole(0, 9000),
        a("a2").whole(100, 9000),
        b("b1").whole(150, 8900),
        b("b2").whole(220, 8900));
    none(
        a("a1").whole(0, 9000),
        a("a2").whole(1_000, 9000),
        b("b1").whole(1_200, 8900),
        b("b2").whole(1_250, 8900));
  }

  @Test
  void aLegThatFollowsAFailedOneIsOfTheNextCall() {
    assertEquals(
        List.of("a2-b2"),
        pairs(a("a1").invite(0).busy(20), a("a2").whole(500, 9000), b("b2").whole(550, 8900)));
  }

  @Test
  void legsOneAfterTheOtherAreAllOfTheCall() {
    assertEquals(
        List.of("a-b1", "a-b2"),
        pairs(a("a").whole(0, 9000), b("b1").invite(50).busy(400), b("b2").whole(450, 8000)));
  }

  @Test
  void legsToSeveralPlacesAtOnceAreAllOfTheCall() {
    var other = leg("b2", "203.0.113.5", "198.51.100.10").parties(CALLER, CALLEE);
    assertEquals(
        List.of("a-b1", "a-b2"),
        pairs(a("a").whole(0, 9000), b("b1").invite(50), other.whole(51, 8000)));
  }

  @Test
  void theHostMustBeOneThatTheFirstLegReached() {
    none(
        a("a").whole(0, 9000),
        leg("b", "192.0.2.1", "198.51.100.9").parties(CALLER, CALLEE).whole(50, 9000));
  }

  @Test
  void namesMakeAddressesOneHost() {
    var rules =
        LegRules.DEFAULT.with(
            endpoint ->
                endpoint.address().toString().matches("203.0.113.5|192.0.2.1")
                    ? "sbc"
                    : LegRules.address(endpoint));
    var one = a("a").whole(0, 9000).facts();
    var other =
        leg("b", "192.0.2.1", "198.51.100.9").parties(CALLER, CALLEE).whole(50, 9000).facts();
    var edges = LegEdges.among(List.of(one, other), rules);
    assertEquals(1, edges.size());
    assertTrue(edges.getFirst().evidence().contains("comes from sbc"));
  }

  @Test
  void programsOfOneHostAreToldApartByTheirPorts() {
    one(
        leg("a", "127.0.0.1:5070", "127.0.0.1:5060").parties(CALLER, CALLEE).whole(0, 9000),
        leg("b", "127.0.0.1:5060", "127.0.0.1:5080").parties(CALLER, CALLEE).whole(9, 9000));
    none(
        leg("a", "127.0.0.1:5070", "127.0.0.1:5060").parties(CALLER, CALLEE).whole(0, 9000),
        leg("b", "127.0.0.1:5070", "127.0.0.1:5080").parties(CALLER, CALLEE).whole(9, 9000));
  }

  @Test
  void aLegMuchLaterIsNotIt() {
    none(a("a").whole(0, 90_000), b("b").whole(3_001, 9000));
  }

  @Test
  void clocksOfTwoAgentsMayDiffer() {
    one(a("a").whole(40, 9000), b("b").whole(0, 9000));
    none(a("a").whole(200, 9000), b("b").whole(0, 9000));
  }

  @Test
  void whatIsJoinedIsTheSameInEveryOrder() {
    var random = new Random(8);
    for (int round = 0; round < 200; round++) {
      var legs = new ArrayList<Told>();
      for (int i = 0; i < 8; i++) {
        var leg = random.nextBoolean() ? a("l" + i) : b("l" + i);
        legs.add(leg.whole(random.nextInt(4_000), 50 + random.nextInt(4_000)));
      }
      var facts = new ArrayList<>(legs.stream().map(Told::facts).toList());
      var expected = LegEdges.among(facts, LegRules.DEFAULT);
      var shuffled = new ArrayList<LegFacts>();
      legs.forEach(leg -> shuffled.add(leg.shuffled(random)));
      Collections.shuffle(shuffled, random);
      assertEquals(expected, LegEdges.among(shuffled, LegRules.DEFAULT));
      var seconds = expected.stream().map(LegEdge::b).toList();
      assertEquals(seconds.size(), seconds.stream().distinct().count(), "a leg follows from two");
    }
  }
}
