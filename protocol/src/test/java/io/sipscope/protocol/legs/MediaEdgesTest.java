package io.sipscope.protocol.legs;

import static io.sipscope.protocol.legs.Joined.none;
import static io.sipscope.protocol.legs.Joined.one;
import static io.sipscope.protocol.legs.Joined.pairs;
import static io.sipscope.protocol.legs.Told.leg;
import static io.sipscope.protocol.legs.Told.sdp;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.legs.LegEdge.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Legs that want media at one place. A B2BUA at 203.0.113.5 (inside: 198.51.100.5) calls on with
/// other parties.
class MediaEdgesTest {
  private static final String RELAY = "203.0.113.50";

  private static Told a() {
    return leg("a", "203.0.113.7", "203.0.113.5").parties("a@x", "b@x");
  }

  private static Told b() {
    return leg("b", "198.51.100.5", "198.51.100.9").parties("c@x", "d@x");
  }

  @Test
  void aB2buaHandsTheOfferOn() {
    var edge =
        one(
            a().whole(0, 9000, sdp("203.0.113.7", 40000)),
            b().whole(20, 8000, sdp("203.0.113.7", 40000, "b2bua 1 1")));
    assertEquals(Kind.MEDIA, edge.kind());
    assertEquals(0.85, edge.confidence());
    assertEquals(
        "Both want media at 203.0.113.7:40000 at the same time (#1 and #1).", edge.evidence());
  }

  @Test
  void andTheAnswerBackWhichIsSurer() {
    var edge =
        one(
            a().invite(0, sdp("203.0.113.7", 40000, "x 1 1"))
                .answer(90, sdp("198.51.100.9", 50000, "y 1 1"))
                .bye(9000),
            b().invite(20, sdp("203.0.113.7", 40000, "z 1 1"))
                .answer(80, sdp("198.51.100.9", 50000, "v 1 1"))
                .bye(9000));
    assertEquals(0.95, edge.confidence());
    assertEquals(4, edge.messages().size());
  }

  @Test
  void anAnswerAloneJoinsToo() {
    one(
        a().invite(0).answer(90, sdp("198.51.100.9", 50000)).bye(9000),
        b().invite(20).answer(80, sdp("198.51.100.9", 50000)).bye(9000));
  }

  @Test
  void aRelayInBetweenHasOtherPorts() {
    none(
        a().invite(0, sdp("203.0.113.7", 40000)).answer(90, sdp(RELAY, 30002)).bye(9000),
        b().invite(20, sdp(RELAY, 30000)).answer(80, sdp("198.51.100.9", 50000)).bye(9000));
  }

  @Test
  void aRelayPortThatIsUsedAgainLaterJoinsNothing() {
    none(
        a().whole(0, 9000, sdp(RELAY, 30000)),
        leg("c", "198.51.100.5", "198.51.100.9")
            .parties("e@x", "f@x")
            .whole(9100, 9000, sdp(RELAY, 30000)));
  }

  @Test
  void norDoesOneWhoseByeWasNotSeen() {
    none(
        a().invite(0, sdp(RELAY, 30000)).answer(90),
        leg("c", "198.51.100.5", "198.51.100.9")
            .parties("e@x", "f@x")
            .whole(60_000, 9000, sdp(RELAY, 30000)));
  }

  @Test
  void theSameAddressWithAnotherPortJoinsNothing() {
    none(a().whole(0, 9000, sdp(RELAY, 30000)), b().whole(20, 9000, sdp(RELAY, 30002)));
  }

  @Test
  void refusedMediaAndHoldTheOldWayJoinNothing() {
    none(a().whole(0, 9000, sdp("203.0.113.7", 0)), b().whole(20, 9000, sdp("203.0.113.7", 0)));
    none(a().whole(0, 9000, sdp("0.0.0.0", 40000)), b().whole(20, 9000, sdp("0.0.0.0", 40000)));
  }

  @Test
  void aSenderThatAlwaysNamesOnePortMakesManyCalls() {
    none(
        a().whole(0, 9000, sdp("203.0.113.7", 6000)),
        leg("a2", "203.0.113.7", "203.0.113.5")
            .parties("e@x", "f@x")
            .whole(100, 9000, sdp("203.0.113.7", 6000)));
  }

  @Test
  void throughAB2buaItsCallsCannotBeToldApart() {
    var calls = new ArrayList<Told>();
    for (int i = 0; i < 4; i++) {
      calls.add(
          leg("a" + i, "203.0.113.7", "203.0.113.5")
              .parties("a" + i + "@x", "b@x")
              .whole(i, 9000, sdp("203.0.113.7", 6000, "sipp 53655765 1")));
      calls.add(
          leg("b" + i, "198.51.100.5", "198.51.100.9")
              .parties("c" + i + "@x", "d@x")
              .whole(i + 10, 9000, sdp("203.0.113.7", 6000, "sipp 53655765 1")));
    }
    none(calls.toArray(Told[]::new));
  }

  @Test
  void aDescriptionOfItsOwnTellsThemApart() {
    var calls = new ArrayList<Told>();
    for (int i = 0; i < 3; i++) {
      var origin = "- 5365576" + i + " 1";
      calls.add(
          leg("a" + i, "203.0.113.7", "203.0.113.5")
              .parties("a" + i + "@x", "b@x")
              .whole(i, 9000, sdp("203.0.113.7", 6000, origin)));
      calls.add(
          leg("b" + i, "198.51.100.5", "198.51.100.9")
              .parties("c" + i + "@x", "d@x")
              .whole(i + 10, 9000, sdp("203.0.113.7", 6000, origin)));
    }
    assertEquals(List.of("a0-b0", "a1-b1", "a2-b2"), pairs(calls.toArray(Told[]::new)));
  }

  @Test
  void aCallToSeveralPhonesAtOnceHandsTheOfferToEach() {
    var first = leg("b1", "203.0.113.5", "198.51.100.8").parties("c@x", "d@x");
    var second = leg("b2", "203.0.113.5", "198.51.100.9").parties("c@x", "e@x");
    assertEquals(
        List.of("a-b1", "a-b2"),
        pairs(
            a().whole(0, 9000, sdp("203.0.113.7", 40000)),
            first.whole(20, 9000, sdp("203.0.113.7", 40000)),
            second.whole(21, 9000, sdp("203.0.113.7", 40000))));
  }

  @Test
  void privateAddressesOfTwoNetworksAreTwoPlaces() {
    none(
        leg("a", "203.0.113.7", "203.0.113.5")
            .parties("a@x", "b@x")
            .whole(0, 9000, sdp("192.168.1.10", 16384)),
        leg("b", "203.0.113.99", "203.0.113.5")
            .parties("c@x", "d@x")
            .whole(20, 9000, sdp("192.168.1.10", 16384)));
  }

  @Test
  void aPrivateAddressCountsBehindTheSameHostWithTheSameDescription() {
    var edge =
        one(
            leg("a", "10.0.0.7", "10.0.0.5")
                .parties("a@x", "b@x")
                .whole(0, 9000, sdp("10.0.0.7", 40000)),
            leg("b", "10.0.0.5", "10.0.0.9")
                .parties("c@x", "d@x")
                .whole(20, 9000, sdp("10.0.0.7", 40000)));
    assertEquals(0.95, edge.confidence());
  }

  @Test
  void orWithAPartyInCommon() {
    var edge =
        one(
            leg("a", "10.0.0.7", "10.0.0.5")
                .parties("a@x", "b@x")
                .whole(0, 9000, sdp("10.0.0.7", 40000, "- 1 1")),
            leg("b", "10.0.0.5", "10.0.0.9")
                .parties("a@y", "d@x")
                .whole(20, 9000, sdp("10.0.0.7", 40000, "- 2 1")));
    assertEquals(0.75, edge.confidence());
  }
}
