package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.persistence.trace.TraceDecision;
import io.sipscope.persistence.trace.TraceDecision.Lost;
import io.sipscope.persistence.trace.TraceOrder;
import io.sipscope.persistence.trace.TraceSettings;
import io.sipscope.persistence.trace.TraceType;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static final Endpoint SOMEWHERE = Endpoint.parse("10.0.0.1:5060").orElseThrow();
  private static final String HEADERS =
      """
      Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r
      From: <sip:bob@example.com>;tag=a\r
      To: <sip:bob@example.com>\r
      Call-ID: c\r
      CSeq: 1 INVITE\r
      \r
      """;
  private static final String INVITE = "INVITE sip:x@example.com SIP/2.0\r\n" + HEADERS;
  private static final String RINGING = "SIP/2.0 180 Ringing\r\n" + HEADERS;
  private static final TraceOrder ORDER = new TraceOrder("tid", Optional.empty(), "");

  private final Counters counters = new Counters();
  private final ScriptFailures failures = new ScriptFailures(counters, () -> 5);
  private final PolicyEngine engine =
      new PolicyEngine(new QuietWorld(), (_, _) -> "carrier", 1_000, failures, counters);

  private List<TraceOrder> decide(String sip) {
    return decision(sip).orders();
  }

  private TraceDecision decision(String sip) {
    var bytes = Bytes.of(sip);
    var capture =
        new Capture(
            1, 1, Transport.UDP, SOMEWHERE, SOMEWHERE, Agent.NONE, "", SourceKind.HEP, bytes);
    return engine.decide("c", (SipMessage) SipParser.parse(bytes), capture);
  }

  private long count(String group, String name) {
    return counters.read().get(new StatisticName(group, name));
  }

  private static Program program(List<Route> requests, List<Route> replies) {
    return new Program(requests, replies, List.of(), Optional.empty(), Map.of(), Map.of());
  }

  private static void trace(Run run) {
    run.orders().add(ORDER);
  }

  @Test
  void withoutRoutesOfMessagesNobodyLooksAtThem() {
    assertTrue(engine.isIdle());
    engine.swap(program(List.of(EngineTest::trace), List.of()));
    assertFalse(engine.isIdle());
    assertEquals(List.of(), decide(RINGING));
    assertEquals(0, count("policy", "script_runs"));
  }

  @Test
  void requestsAndRepliesHaveRoutesOfTheirOwn() {
    var heard = new ArrayList<String>();
    engine.swap(
        program(
            List.of(run -> heard.add("request " + run.subject().orElseThrow().trunk())),
            List.of(run -> heard.add("reply " + run.subject().orElseThrow().key()))));
    decide(INVITE);
    decide(RINGING);
    assertEquals(List.of("request carrier", "reply c"), heard);
  }

  @Test
  void rulesOfTheConfigurationRunBeforeTheScript() {
    var settings =
        TraceSettings.from(
            ConfigFactory.parseString(
                """
                sipscope.trace {
                  on = 1, local-ip = "", ids = ["[tid]uri=hep:192.0.2.1:9060"], hep-ids = []
                  rules = [{ trace-id = tid, methods = INVITE, attributes = rule }]
                }
                """));
    engine.swap(Program.of(settings.rules()).then(program(List.of(EngineTest::trace), List.of())));
    assertEquals(List.of("rule", ""), decide(INVITE).stream().map(TraceOrder::attributes).toList());
    assertEquals(List.of(), decide(RINGING));
  }

  @Test
  void whatWasOrderedBeforeAFailureCountsAndTheFailureIsCounted() {
    engine.swap(
        program(
            List.of(
                run -> {
                  trace(run);
                  throw new ScriptFailure("no number");
                }),
            List.of()));
    assertEquals(List.of(ORDER), decide(INVITE));
    assertEquals(List.of(ORDER), decide(INVITE));
    assertEquals(2, count("policy", "script_failures"));
    var failure = failures.list().getFirst();
    assertEquals("no number", failure.sentence());
    assertEquals(2, failure.count());
  }

  @Test
  void aDefectOfTheEngineIsAFailureToo() {
    engine.swap(program(List.of(EngineTest::endless, EngineTest::trace), List.of()));
    assertEquals(List.of(ORDER), decide(INVITE));
    assertEquals(1, count("policy", "script_failures"));
  }

  private static void endless(Run run) {
    throw new StackOverflowError("after " + run.orders().size() + " orders");
  }

  @Test
  void whatIsDroppedIsNotTracedAndCounted() {
    engine.swap(
        program(
            List.of(EngineTest::trace, Run::drop, EngineTest::trace),
            List.of(EngineTest::trace, Run::drop)));
    assertEquals(List.of(), decide(INVITE));
    assertEquals(List.of(), decide(RINGING));
    assertEquals(1, count("core", "drop_requests"));
    assertEquals(1, count("core", "drop_replies"));
  }

  @Test
  void whatIsToldBeyondWhatARunMayTellIsCountedWithWhatWasOrderedByThen() {
    engine.swap(
        program(
            List.of(
                run -> {
                  tell(run, TraceType.XLOG, Run.MOST_NOTES + 2);
                  trace(run);
                  tell(run, TraceType.REST, 1);
                  tell(run, TraceType.XLOG, 3);
                  tell(run, TraceType.REST, 1);
                }),
            List.of()));
    var decision = decision(INVITE);
    assertEquals(Run.MOST_NOTES, decision.notes().size());
    assertEquals(
        List.of(
            new Lost(TraceType.XLOG, 0, 2),
            new Lost(TraceType.REST, 1, 2),
            new Lost(TraceType.XLOG, 1, 3)),
        decision.lost());
  }

  private static void tell(Run run, TraceType type, int times) {
    for (int i = 0; i < times; i++) {
      run.note(type, CompletableFuture.completedStage(List.of()));
    }
  }

  @Test
  void aRunThatHasBegunEndsWithTheOldProgram() {
    var heard = new ArrayList<String>();
    engine.swap(
        program(
            List.of(
                _ -> {
                  heard.add("old");
                  engine.swap(program(List.of(_ -> heard.add("new")), List.of()));
                },
                _ -> heard.add("old, too")),
            List.of()));
    decide(INVITE);
    decide(INVITE);
    assertEquals(List.of("old", "old, too", "new"), heard);
  }

  @Test
  void failuresOfMorePlacesThanThereIsRoomForAreCountedTogether() {
    for (int line = 1; line <= ScriptFailures.MOST_PLACES + 10; line++) {
      failures.failed(new ScriptFailures.Spot("x.cfg", line, 1), "no");
    }
    var known = failures.list();
    assertEquals(ScriptFailures.MOST_PLACES + 1, known.size());
    assertEquals("elsewhere", known.getFirst().spot().toString());
    assertEquals(10, known.getFirst().count());
    assertEquals("x.cfg:1:1", known.get(1).spot().toString());
  }

  @Test
  void aLineOfTheLogIsOneLine() {
    assertEquals("a.b\tc", XLog.oneLine("a\nb\tc\r\n"));
    assertEquals(XLog.LONGEST_LINE, XLog.oneLine("x".repeat(9_999)).length());
  }
}
