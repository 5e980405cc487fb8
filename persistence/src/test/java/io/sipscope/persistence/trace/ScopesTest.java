package io.sipscope.persistence.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.TracedMessage.Direction;
import io.sipscope.protocol.capture.Capture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole dialogs through a proxy, in the counts and columns of OpenSIPS.
class ScopesTest {
  private static final String IDS =
      "ids = [\"[tid]uri=hep:192.0.2.1:9060\", \"[other]uri=sip:192.0.2.2\"]\n";

  private final List<TracedMessage> sent = new ArrayList<>();
  private final Counters counters = new Counters();
  private List<TraceMark> marks = List.of();

  private Tracing tracing(String settings) {
    var read = TraceSettingsTest.read(IDS + settings);
    return new Tracing(read, RulePolicy.of(read.rules()), sent::add, _ -> {}, counters);
  }

  private static String rule(String fields) {
    return "rules = [{trace-id = tid, " + fields + "}]";
  }

  private void observe(Tracing tracing, List<Capture> burst) {
    var found = tracing.look("call-1", marks, burst, () -> Proxied.PROXY);
    marks = TraceMark.and(marks, found.started());
    tracing.send(found);
  }

  /// Message by message, as in a call, or all in one burst.
  private void observe(Tracing tracing, Proxied call, boolean isOneBurst) {
    if (isOneBurst) {
      observe(tracing, call.captures());
    } else {
      call.captures().forEach(capture -> observe(tracing, List.of(capture)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnsweredCallIsThirteenMessages(boolean isOneBurst) {
    var call = Proxied.answeredCall();
    observe(tracing(rule("methods = INVITE")), call, isOneBurst);
    assertEquals(13, sent.size());
    assertEquals(call.captures(), sent.stream().map(TracedMessage::capture).toList());
    assertEquals(
        "IN OUT OUT IN OUT IN OUT IN OUT IN OUT IN OUT",
        String.join(" ", sent.stream().map(message -> message.direction().name()).toList()));
    assertEquals(1, marks.size());
    assertEquals(6, counters.counter("tracer", "traced_requests").sum());
    assertEquals(7, counters.counter("tracer", "traced_replies").sum());
  }

  @Test
  void theColumnsAreThoseOfOpenSips() {
    observe(tracing(rule("methods = INVITE, attributes = \"x,y\"")), Proxied.answeredCall(), true);
    var invite = sent.get(0);
    assertEquals("INVITE", invite.method());
    assertEquals("", invite.status());
    assertEquals("a1", invite.fromTag());
    assertEquals("call-1", invite.callId());
    assertEquals("x,y", invite.attributes());
    var trying = sent.get(1);
    assertEquals("INVITE", trying.method());
    assertEquals("100", trying.status());
    assertEquals("BYE", sent.get(12).method());
    assertEquals("200", sent.get(12).status());
  }

  @Test
  void aBusyCallHasTheAckOfBothSides() {
    var call = new Proxied().ringing().answerOn("486 Busy Here").requestOn("ACK", 1, "b1");
    observe(tracing(rule("methods = INVITE")), call, false);
    assertEquals(call.captures().size(), sent.size());
    assertEquals(9, sent.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "d"})
  void aCancelledCallIsTracedWhole(String scope) {
    var call =
        new Proxied()
            .ringing()
            .requestIn("CANCEL", 1, "")
            .replyOut("200 canceling", 1, "CANCEL", "")
            .requestOut("CANCEL", 1, "")
            .replyIn("200 OK", 1, "CANCEL")
            .replyIn("487 Request Terminated", 1, "INVITE")
            .requestOut("ACK", 1, "b1")
            .replyOut("487 Request Terminated", 1, "INVITE", "b1")
            .requestIn("ACK", 1, "b1");
    observe(tracing(rule("methods = INVITE, scope = " + scope)), call, false);
    assertEquals(call.captures(), sent.stream().map(TracedMessage::capture).toList());
    assertEquals("CANCEL", sent.get(6).method());
  }

  @Test
  void theTransactionEndsWhereTheDialogGoesOn() {
    observe(tracing(rule("methods = INVITE, scope = t")), Proxied.answeredCall(), false);
    assertEquals(9, sent.size());
    assertTrue(sent.stream().noneMatch(message -> message.method().equals("BYE")));
  }

  @Test
  void theDialogHasTheRequestsOfBothSides() {
    var call = new Proxied().ringing().answerOn("200 OK").requestOn("ACK", 1, "b1");
    call.requestOfCallee("INFO", 7).requestOfCallee("BYE", 8);
    observe(tracing(rule("methods = INVITE")), call, false);
    assertEquals(call.captures().size(), sent.size());
    assertEquals("b1", sent.getLast().fromTag());
    assertEquals(Direction.OUT, sent.getLast().direction());
  }

  @Test
  void aMessageAloneIsOneMessage() {
    observe(
        tracing(rule("methods = INVITE, scope = m, source = \"192.0.2.10\"")),
        Proxied.answeredCall(),
        false);
    assertEquals(1, sent.size());
    assertTrue(marks.isEmpty());
  }

  @Test
  void aReplyAloneHasNoMethod() {
    observe(
        tracing(rule("destination = \"192.0.2.10\", scope = t")),
        List.of(Proxied.answeredCall().captures().get(1)));
    assertEquals("", sent.getFirst().method());
    assertEquals("100", sent.getFirst().status());
    assertTrue(marks.isEmpty());
  }

  /// An ACK's transaction is the INVITE's, of which what came before was not traced.
  @ParameterizedTest
  @CsvSource({"BYE, d, 4", "INVITE, '', 13", "BYE, '', 4", "BYE, m, 2", "ACK, d, 2"})
  void aScopeThatCannotBeginIsNarrowed(String method, String scope, int messages) {
    var call = Proxied.answeredCall();
    var fields = "methods = " + method + (scope.isEmpty() ? "" : ", scope = " + scope);
    observe(tracing(rule(fields)), call, false);
    assertEquals(messages, sent.size());
  }

  @Test
  void aReinviteBeginsNoDialog() {
    var call = Proxied.answeredCall();
    observe(tracing(rule("methods = INVITE, in-dialog = true")), call, false);
    assertEquals(0, sent.size());
    call.requestOn("INVITE", 3, "b1").replyOn("200 OK", 3, "INVITE").requestOn("ACK", 3, "b1");
    call.requestOn("BYE", 4, "b1");
    observe(tracing(rule("methods = INVITE, in-dialog = true")), call, false);
    assertEquals(6, sent.size());
  }

  @Test
  void aReplyBeforeItsRequestInOneBurstIsTraced() {
    var call = Proxied.answeredCall().captures();
    observe(tracing(rule("methods = INVITE")), List.of(call.get(1), call.get(0)));
    assertEquals(List.of(call.get(0), call.get(1)), sent.stream().map(m -> m.capture()).toList());
  }

  @Test
  void aRetransmissionIsTracedAgain() {
    var call = new Proxied().requestIn("INVITE", 1, "").again();
    observe(tracing(rule("methods = INVITE")), call, false);
    assertEquals(2, sent.size());
    assertEquals(1, marks.size());
  }

  @Test
  void eachIdGetsAMessageOnceHoweverManyRulesFit() {
    var rules =
        "rules = [{trace-id = tid}, {trace-id = tid, scope = m}, {trace-id = tid, scope = t},"
            + "{trace-id = other, header = \"X-Trace: yes\"}]";
    observe(tracing(rules), Proxied.answeredCall(), false);
    assertEquals(26, sent.size());
    assertEquals(13, sent.stream().filter(m -> m.traceId().equals("other")).count());
    assertEquals(6, counters.counter("tracer", "traced_requests").sum());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from-user = alice                | 13
          from-user = "alice@example.com"  | 13
          from-user = "alice@elsewhere"    | 0
          to-user = [carol, bob]           | 13
          source = "192.0.2.0/24"          | 13
          source = "192.0.2.10:5060"       | 13
          source = "192.0.2.10:5061"       | 0
          destination = "203.0.113.20"     | 11
          header = "x-trace"               | 13
          header = "X-Trace: no"           | 0
          in-dialog = true                 | 6
          """)
  void aRuleFitsWhatItSays(String field, int messages) {
    // Without methods, so that a request anywhere begins something; replies alone do not fit.
    observe(tracing(rule("methods = [INVITE, ACK, BYE], " + field)), Proxied.answeredCall(), false);
    assertEquals(messages, sent.size());
  }

  @Test
  void theLocalSideStandsForWhatTheElementSendsAndForTheRepliesItReceives() {
    observe(
        tracing(rule("methods = INVITE") + "\nlocal-ip = \"tcp:192.0.2.99:5099\""),
        Proxied.answeredCall(),
        true);
    for (var message : sent) {
      boolean isReply = !message.status().isEmpty();
      boolean isOut = message.direction() == Direction.OUT;
      assertEquals(isOut, message.from().endpoint().toString().equals("192.0.2.99:5099"));
      assertEquals(!isOut && isReply, message.to().endpoint().toString().equals("192.0.2.99:5099"));
    }
  }

  @Test
  void aSwitchDecidesAtTheTimeOfEachMessage() {
    var tracing = tracing(rule("methods = INVITE"));
    var call = Proxied.answeredCall().captures();
    observe(tracing, call.subList(0, 5));
    tracing.board(new Switchboard(true, true, Map.of("tid", false), List.of()));
    observe(tracing, call.subList(5, 7));
    tracing.board(new Switchboard(false, true, Map.of(), List.of()));
    observe(tracing, call.subList(7, 9));
    tracing.board(new Switchboard(true, true, Map.of(), List.of()));
    observe(tracing, call.subList(9, 13));
    assertEquals(9, sent.size());
  }

  @Test
  void nothingBeginsWhileItIsOff() {
    var tracing = tracing(rule("methods = INVITE") + "\non = 0");
    observe(tracing, Proxied.answeredCall(), false);
    assertTrue(sent.isEmpty());
    assertTrue(marks.isEmpty());
  }

  private static DynamicTrace dynamic(long since, TraceScope scope, TraceFilter... filters) {
    return new DynamicTrace(
        "dyn",
        "dyn",
        "192.0.2.3:9060",
        new TraceDestination.Sip("192.0.2.3", 5060),
        List.of(filters),
        scope,
        Set.of(TraceType.SIP),
        since);
  }

  private static TraceFilter filter(String text) {
    return TraceFilter.of(text).orElseThrow();
  }

  @Test
  void aDynamicTraceGoesByNoSwitchAndByAllItsFilters() {
    var tracing = tracing("on = 0");
    var fitting =
        dynamic(
            5,
            TraceScope.DIALOG,
            filter("Caller=alice"),
            filter("callee=bob@example.net"),
            filter("ip=192.0.2.10"));
    tracing.board(new Switchboard(false, false, Map.of(), List.of(fitting)));
    observe(tracing, Proxied.answeredCall(), false);
    assertEquals(13, sent.size());
    sent.clear();
    marks = List.of();
    var other = dynamic(5, TraceScope.DIALOG, filter("caller=alice"), filter("callee=Bob"));
    tracing.board(new Switchboard(false, false, Map.of(), List.of(other)));
    observe(tracing, Proxied.answeredCall(), false);
    assertTrue(sent.isEmpty());
  }

  @Test
  void aStoppedTraceDoesNotReviveInAnotherOfItsName() {
    var tracing = tracing("");
    var call = Proxied.answeredCall().captures();
    tracing.board(new Switchboard(true, true, Map.of(), List.of(dynamic(5, TraceScope.DIALOG))));
    observe(tracing, call.subList(0, 5));
    tracing.board(new Switchboard(true, true, Map.of(), List.of(dynamic(6, TraceScope.DIALOG))));
    observe(tracing, call.subList(5, 13));
    assertEquals(5, sent.size());
  }

  @Test
  void onlyAFirstInviteBeginsADynamicDialog() {
    var tracing = tracing("");
    tracing.board(new Switchboard(true, true, Map.of(), List.of(dynamic(5, TraceScope.DIALOG))));
    observe(tracing, Proxied.answeredCall().captures().subList(7, 13));
    assertTrue(sent.isEmpty());
  }

  @Test
  void marksAreBounded() {
    var tracing = tracing(rule("methods = OPTIONS"));
    var pings = new Proxied();
    for (int cseq = 1; cseq <= 1_000; cseq++) {
      pings.requestIn("OPTIONS", cseq, "").replyOut("200 OK", cseq, "OPTIONS", "b1");
    }
    observe(tracing, pings, false);
    assertEquals(2_000, sent.size());
    assertEquals(TraceMark.MOST, marks.size());
  }
}
