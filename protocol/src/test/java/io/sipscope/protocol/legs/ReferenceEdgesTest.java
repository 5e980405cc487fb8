package io.sipscope.protocol.legs;

import static io.sipscope.protocol.legs.Joined.edges;
import static io.sipscope.protocol.legs.Joined.none;
import static io.sipscope.protocol.legs.Joined.one;
import static io.sipscope.protocol.legs.Joined.pairs;
import static io.sipscope.protocol.legs.Told.leg;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.legs.LegEdge.Kind;
import io.sipscope.protocol.link.LinkRules;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Legs that name each other, by Call-ID or by Session-ID. Parties and hosts of all of them differ.
class ReferenceEdgesTest {
  private static final String ONE = "ab30317f1a784dc48ff824d0d3715d86";
  private static final String TWO = "47755a9de7794ba387653f2099600ef2";
  private static final String THREE = "77755a9de7794ba387653f2099600ef7";
  private static final String NIL = "00000000000000000000000000000000";

  private static Told a() {
    return leg("a@pbx", "203.0.113.7", "203.0.113.5").parties("a@x", "b@x");
  }

  private static Told b() {
    return leg("b@pbx", "198.51.100.5", "198.51.100.9").parties("c@x", "d@x");
  }

  private static Told c() {
    return leg("c@pbx", "192.0.2.5", "192.0.2.9").parties("e@x", "f@x");
  }

  @Test
  void aSessionIdJoinsWhoeverCarriesIt() {
    var edge =
        one(
            a().whole(0, 9000, "Session-ID: " + ONE + ";remote=" + NIL),
            b().whole(20, 9000, "Session-ID: " + ONE + ";remote=" + NIL));
    assertEquals(Kind.SESSION_ID, edge.kind());
    assertEquals(0.97, edge.confidence());
    assertEquals(
        "Both have one Session-ID: " + ONE + " (#1 of the first leg, #1 of the other).",
        edge.evidence());
  }

  @Test
  void bothSidesOfItCountInEitherOrder() {
    var edge =
        one(
            a().invite(0).answer(50, "Session-ID: " + ONE + ";remote=" + TWO),
            b().invite(20).answer(60, "Session-ID: " + TWO + " ; Remote=" + ONE));
    assertEquals(0.99, edge.confidence());
  }

  @Test
  void oneSideWithAnotherPartnerIsLessSure() {
    var edge =
        one(
            a().whole(0, 9000, "Session-ID: " + ONE + ";remote=" + TWO),
            b().whole(20, 9000, "Session-ID: " + ONE + ";remote=" + THREE));
    assertEquals(0.8, edge.confidence());
  }

  @Test
  void theOlderFormHasOneSide() {
    one(a().whole(0, 9000, "Session-ID: " + ONE), b().whole(20, 9000, "session-id:" + ONE));
  }

  @Test
  void upperCaseAndHyphensAreReadAllTheSame() {
    one(
        a().whole(0, 9000, "Session-ID: " + ONE),
        b().whole(20, 9000, "Session-ID: AB30317F-1A78-4DC4-8FF8-24D0D3715D86"));
  }

  @Test
  void aNilSessionIdJoinsNothing() {
    none(
        a().whole(0, 9000, "Session-ID: " + NIL + ";remote=" + NIL),
        b().whole(20, 9000, "Session-ID: " + NIL),
        c().whole(30, 9000, "Session-ID: " + ONE + ";remote=" + NIL));
  }

  @Test
  void whatIsNoSessionIdJoinsNothing() {
    none(a().whole(0, 9000, "Session-ID: 1234"), b().whole(20, 9000, "Session-ID: 1234"));
  }

  @Test
  void aSessionIdIsNotUsedAgainLongAfterItsCall() {
    none(a().whole(0, 9000, "Session-ID: " + ONE), b().whole(100_000, 9000, "Session-ID: " + ONE));
  }

  @Test
  void aUuidThatManyCallsHaveWithEverOtherPartnersIsAConstant() {
    var calls =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    leg("c" + i, "203.0.113." + i, "198.51.100." + i)
                        .parties("a" + i + "@x", "b" + i + "@x")
                        .whole(
                            i,
                            9000,
                            "Session-ID: "
                                + ONE
                                + ";remote="
                                + TWO.replace('4', "0123456789ab".charAt(i))))
            .toArray(Told[]::new);
    none(calls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Call-ID", "X-CID", "x-cid", "x-call-id"})
  void aHeaderNamesTheOtherCallId(String header) {
    var edge = one(a().whole(0, 9000), b().whole(20, 9000, header + ": a@pbx"));
    assertEquals(Kind.X_CALL_ID, edge.kind());
    assertEquals(0.98, edge.confidence());
    assertTrue(edge.evidence().endsWith(" of #1 names a@pbx."), edge.evidence());
  }

  @Test
  void itNamesItWhicheverBeganFirst() {
    var edge = one(a().whole(0, 9000, "X-Call-ID: b@pbx"), b().whole(20, 9000));
    assertEquals("a@pbx", edge.a());
    assertEquals("b@pbx", edge.b());
  }

  @Test
  void aHeaderCountsWhereItIsConfigured() {
    var rules = LegRules.DEFAULT;
    var configured =
        new LegRules(
            LinkRules.of(List.of("P-Correlation"), LinkRules.DEFAULT_SUFFIX),
            rules.window(),
            rules.proximity(),
            rules.numberDigits(),
            rules.host());
    var one = a().rules(configured).whole(0, 9000);
    var other = b().rules(configured).whole(20, 9000, "P-Correlation: a@pbx");
    var edges = edges(one, other);
    assertEquals(1, edges.size());
    assertEquals(Kind.HEADER, edges.getFirst().kind());
    none(a().whole(0, 9000), b().whole(20, 9000, "P-Correlation: a@pbx"));
  }

  @Test
  void aCommonValueJoinsThoseWhoCarryIt() {
    var edge =
        one(
            a().whole(0, 9000, "X-CID: 7f3c-19ab-77"),
            b().whole(20, 9000, "X-Call-ID: 7f3c-19ab-77"));
    assertEquals(0.9, edge.confidence());
  }

  @Test
  void aShortCommonValueMayBeAnything() {
    none(a().whole(0, 9000, "X-CID: trunk1"), b().whole(20, 9000, "X-CID: trunk1"));
  }

  @Test
  void aCommonValueOfManyCallsIsAConstant() {
    var calls =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    leg("c" + i, "203.0.113." + i, "198.51.100." + i)
                        .parties("a" + i + "@x", "b" + i + "@x")
                        .whole(i, 9000, "X-CID: customer-4711"))
            .toArray(Told[]::new);
    none(calls);
  }

  @Test
  void aCommonValueOfCallsAtOtherTimesSaysNothing() {
    none(
        a().whole(0, 9000, "X-CID: 7f3c-19ab-77"), b().whole(100_000, 9000, "X-CID: 7f3c-19ab-77"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a_b2b-1@pbx", "a-leg2@pbx", "a_b2b_1@pbx", "a.leg-b@pbx", "a-B2B@pbx"})
  void aB2buaPutsSomethingBehindTheCallId(String callId) {
    var other = leg(callId, "198.51.100.5", "198.51.100.9").parties("c@x", "d@x").whole(20, 9000);
    var edge = one(a().whole(0, 9000), other);
    assertEquals(Kind.HEADER, edge.kind());
    assertEquals("The Call-ID " + callId + " is a@pbx and a suffix (#1).", edge.evidence());
  }

  @Test
  void twoLegsOfOneB2buaHaveOneCallIdBeforeTheirSuffixes() {
    var first = leg("0815abcd_b2b-1", "203.0.113.7", "203.0.113.5").parties("a@x", "b@x");
    var second = leg("0815abcd_b2b-2", "198.51.100.5", "198.51.100.9").parties("c@x", "d@x");
    one(first.whole(0, 9000), second.whole(20, 9000));
  }

  @Test
  void callIdsThatEndAlikeAreNoSuffixes() {
    none(
        leg("a1@pbx", "203.0.113.7", "203.0.113.5").parties("a@x", "b@x").whole(0, 9000),
        leg("a12@pbx", "198.51.100.5", "198.51.100.9").parties("c@x", "d@x").whole(20, 9000));
  }

  @Test
  void anAttendedTransferReplacesTheConsultation() {
    var consultation = a().whole(0, 9000);
    var replaces =
        "Replaces: a@pbx;to-tag=" + consultation.toTag() + ";from-tag=" + consultation.fromTag();
    var edge = one(consultation, b().whole(5000, 60_000, replaces));
    assertEquals(Kind.REPLACES, edge.kind());
    assertEquals(0.99, edge.confidence());
    assertEquals("#1 of b@pbx replaces a@pbx.", edge.evidence());
  }

  @Test
  void replacingAnotherDialogOfThatCallIdIsLessSure() {
    var edge =
        one(a().whole(0, 9000), b().whole(5000, 9000, "Replaces: a@pbx;to-tag=x;from-tag=y"));
    assertEquals(0.6, edge.confidence());
  }

  @Test
  void theReferThatAsksForItNamesTheConsultationToo() {
    var first = c().invite(0).answer(50);
    var consultation = a().whole(4000, 9000);
    var asked =
        "a%40pbx%3Bto-tag%3D" + consultation.toTag() + "%3Bfrom-tag%3D" + consultation.fromTag();
    first.refer(8000, "Refer-To: <sip:d@x?Replaces=" + asked + ">");
    var made =
        b().whole(
                8200,
                9000,
                "Replaces: a@pbx;to-tag="
                    + consultation.toTag()
                    + ";from-tag="
                    + consultation.fromTag());
    assertEquals(
        List.of("a@pbx-b@pbx", "c@pbx-a@pbx", "c@pbx-b@pbx"), pairs(first, consultation, made));
    assertEquals(Kind.REFER, one(first, consultation).kind());
  }

  @Test
  void joinAndTargetDialogAndInReplyToNameADialog() {
    assertEquals(
        Kind.HEADER,
        one(a().whole(0, 9000), b().whole(50, 900, "Join: a@pbx;to-tag=x;from-tag=y")).kind());
    assertEquals(
        Kind.REFER,
        one(a().whole(0, 9000), b().refer(50, "Target-Dialog: a@pbx;local-tag=x;remote-tag=y"))
            .kind());
    var reply = one(a().whole(0, 9000), b().whole(900_000, 9, "In-Reply-To: z@pbx, a@pbx"));
    assertEquals(0.9, reply.confidence());
  }

  @Test
  void twoRepliesToOneCallAreTwoCalls() {
    none(
        a().whole(0, 9000, "In-Reply-To: long-ago@pbx"),
        b().whole(20, 9000, "In-Reply-To: long-ago@pbx"));
  }

  @Test
  void aBlindTransferIsCalledAsItWasAsked() {
    var asking =
        a().invite(0).answer(50).refer(5000, "Refer-To: <sip:carol@x>", "Referred-By: <sip:b@x>");
    var made =
        leg("new", "203.0.113.7", "203.0.113.99")
            .parties("a@x", "carol@x")
            .whole(5300, 9000, "Referred-By: <sip:b@x>;cid=1");
    var edge = one(asking, made);
    assertEquals(Kind.REFER, edge.kind());
    assertEquals(0.95, edge.confidence());
    assertEquals("#1 calls carol, referred by b, as the REFER #3 of a@pbx asked.", edge.evidence());
  }

  @Test
  void aCallReferredBySomebodyElseIsNotIt() {
    var asking = a().invite(0).answer(50).refer(5000, "Refer-To: <sip:carol@x>");
    none(
        asking,
        leg("new", "203.0.113.88", "203.0.113.99")
            .parties("z@x", "carol@x")
            .whole(5300, 9000, "Referred-By: <sip:mallory@x>"));
  }

  @Test
  void whoWasReferredNeedNotSaySo() {
    var asking = a().invite(0).answer(50).refer(5000, "Refer-To: <sip:carol@x>");
    var made = leg("new", "203.0.113.7", "203.0.113.99").parties("a@x", "carol@x");
    var edges = edges(asking, made.whole(5300, 9000));
    assertEquals(1, edges.size());
    assertEquals(0.7, edges.getFirst().confidence());
    assertTrue(edges.getFirst().evidence().contains("300 ms after it"));
  }

  @Test
  void aCallToTheSameOneBeforeTheReferIsNotIt() {
    var asking = a().invite(0).answer(50).refer(5000, "Refer-To: <sip:carol@x>");
    none(
        asking,
        leg("old", "203.0.113.7", "203.0.113.99").parties("a@x", "carol@x").whole(4000, 9000));
  }
}
