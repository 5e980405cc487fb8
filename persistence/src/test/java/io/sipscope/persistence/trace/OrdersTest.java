package io.sipscope.persistence.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.TracedMessage.Direction;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What orders say beside the scope: types, sides, a correlation id; and what scripts do meanwhile.
class OrdersTest {
  private final List<TracedMessage> sent = new ArrayList<>();
  private final Counters counters = new Counters();
  private List<TraceMark> marks = List.of();

  private static TraceOrder order(TraceScope scope, TraceLegs legs, TraceType... types) {
    return new TraceOrder("tid", Optional.of(scope), Set.of(types), "seen", legs, "");
  }

  private Tracing tracing(Function<SipMessage, TraceDecision> decided) {
    var settings = TraceSettingsTest.read("ids = [\"[tid]uri=hep:192.0.2.1:9060\"]");
    var policy =
        new TracePolicy() {
          @Override
          public boolean isIdle() {
            return false;
          }

          @Override
          public TraceDecision decide(String key, SipMessage message, Capture capture) {
            return decided.apply(message);
          }
        };
    return new Tracing(settings, policy, sent::add, _ -> {}, counters);
  }

  /// The order is given for the first INVITE, and nothing else.
  private Tracing ordering(TraceOrder order) {
    return tracing(
        message ->
            message.isRequest() && message.method().equals("INVITE")
                ? TraceDecision.of(List.of(order))
                : TraceDecision.NOTHING);
  }

  /// Message by message: what is traced is remembered in between.
  private void observe(Tracing tracing, Proxied call) {
    for (var capture : call.captures()) {
      var found = tracing.look("call-1", marks, List.of(capture), () -> Proxied.PROXY);
      marks = kept(TraceMark.and(marks, found.started()));
      tracing.send(found);
    }
  }

  /// As it comes back from the journal.
  private static List<TraceMark> kept(List<TraceMark> marks) {
    try {
      return TraceMark.read(new WireInput(written(marks)));
    } catch (Unreadable e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] written(List<TraceMark> marks) {
    var out = new WireOutput(16);
    TraceMark.write(marks, out);
    return out.toArray();
  }

  private static TraceNote note(int orders, String text) {
    var record = new TraceNote.Entry(1_000, Proxied.PROXY, Proxied.CALLEE, Bytes.of(text));
    return new TraceNote(
        TraceType.XLOG, orders, CompletableFuture.completedFuture(List.of(record)));
  }

  private List<String> told(TraceType type) {
    return sent.stream()
        .filter(message -> message.type() == type)
        .map(message -> message.capture().sip().utf8())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "BOTH, DIALOG, 13",
    "CALLER, DIALOG, 7",
    "CALLEE, DIALOG, 6",
    "CALLER, TRANSACTION, 5"
  })
  void aSideIsWhatIsBetweenTheCallerAndTheElement(TraceLegs legs, TraceScope scope, int messages) {
    observe(ordering(order(scope, legs, TraceType.SIP)), Proxied.answeredCall());
    assertEquals(messages, sent.size());
    for (var message : sent) {
      boolean ofCaller =
          message.from().endpoint().equals(Proxied.CALLER)
              || message.to().endpoint().equals(Proxied.CALLER);
      assertTrue(legs == TraceLegs.BOTH || ofCaller == (legs == TraceLegs.CALLER));
    }
  }

  @Test
  void aCorrelationIdGoesWithEveryMessageOfTheDialog() {
    var order =
        new TraceOrder(
            "tid",
            Optional.of(TraceScope.DIALOG),
            Set.of(TraceType.SIP),
            "",
            TraceLegs.BOTH,
            "theirs");
    observe(ordering(order), Proxied.answeredCall());
    assertEquals(13, sent.size());
    assertTrue(sent.stream().allMatch(message -> message.correlationId().equals("theirs")));
    assertTrue(sent.stream().allMatch(message -> message.callId().equals("call-1")));
  }

  @Test
  void withoutSipInItsTypesNoSipIsTraced() {
    observe(
        ordering(order(TraceScope.DIALOG, TraceLegs.BOTH, TraceType.XLOG)), Proxied.answeredCall());
    assertEquals(List.of(), sent);
    assertEquals(1, marks.size());
    assertEquals(0, counters.counter("tracer", "traced_requests").sum());
  }

  @Test
  void whatIsLoggedIsTracedFromTheOrderOnAsLongAsItsScope() {
    var order = order(TraceScope.TRANSACTION, TraceLegs.BOTH, TraceType.XLOG);
    var tracing =
        tracing(
            message -> {
              boolean begins = message.isRequest() && message.method().equals("INVITE");
              var orders = begins ? List.of(order) : List.<TraceOrder>of();
              var cseq = message.cseq().method();
              return new TraceDecision(
                  orders, List.of(note(0, "before " + cseq), note(orders.size(), "in " + cseq)));
            });
    observe(tracing, Proxied.answeredCall());
    var expected = new ArrayList<String>();
    expected.add("in INVITE"); // what was logged before the order is not traced
    for (int i = 1; i < 7; i++) {
      expected.add("before INVITE");
      expected.add("in INVITE");
    }
    expected.addAll(List.of("before ACK", "in ACK", "before ACK", "in ACK")); // of the INVITE's
    assertEquals(expected, told(TraceType.XLOG));
    var first = sent.getFirst();
    assertEquals(Direction.OUT, first.direction());
    assertEquals("call-1", first.callId());
    assertEquals("seen", first.attributes());
  }

  @Test
  void whatWasNotKeptIsCountedForEachTraceThatWouldHaveBeenToldOfIt() {
    var logs = order(TraceScope.MESSAGE, TraceLegs.BOTH, TraceType.XLOG);
    var sip = order(TraceScope.MESSAGE, TraceLegs.BOTH, TraceType.SIP);
    var lost =
        List.of(
            new TraceDecision.Lost(TraceType.XLOG, 1, 100), // nobody traces logs yet
            new TraceDecision.Lost(TraceType.XLOG, 2, 20),
            new TraceDecision.Lost(TraceType.REST, 2, 3));
    observe(
        tracing(_ -> new TraceDecision(List.of(sip, logs), List.of(), lost)),
        new Proxied().requestIn("OPTIONS", 1, ""));
    assertEquals(20, counters.counter("policy", "script_notes_lost").sum());
    assertEquals(1, sent.size());
  }

  @Test
  void whatIsKnownLaterIsToldLater() {
    var answer = new CompletableFuture<List<TraceNote.Entry>>();
    var order = order(TraceScope.MESSAGE, TraceLegs.BOTH, TraceType.REST);
    var decision =
        new TraceDecision(List.of(order), List.of(new TraceNote(TraceType.REST, 1, answer)));
    observe(tracing(_ -> decision), new Proxied().requestIn("OPTIONS", 1, ""));
    assertEquals(List.of(), sent);
    answer.complete(
        List.of(
            new TraceNote.Entry(5, Proxied.PROXY, Proxied.CALLEE, Bytes.of("GET / HTTP/1.1")),
            new TraceNote.Entry(6, Proxied.CALLEE, Proxied.PROXY, Bytes.of("HTTP/1.1 200:x"))));
    assertEquals(List.of("GET / HTTP/1.1", "HTTP/1.1 200:x"), told(TraceType.REST));
    assertEquals(Proxied.CALLEE, sent.getLast().from().endpoint());
    assertEquals(6, sent.getLast().capture().time());
  }

  @Test
  void aMarkOfOneTypeDoesNotStandForThoseOfOthers() {
    var logs = order(TraceScope.DIALOG, TraceLegs.BOTH, TraceType.XLOG);
    var sip = order(TraceScope.TRANSACTION, TraceLegs.BOTH, TraceType.SIP);
    observe(tracing(_ -> TraceDecision.of(List.of(logs, sip))), Proxied.answeredCall());
    assertEquals(13, sent.size());
  }

  /// As the journal has it since the third version of its event.
  @Test
  void marksOfSipOnBothSidesAreWrittenAsEver() throws Unreadable {
    var mark = new TraceMark("t", 0, TraceScope.DIALOG, "a", 1, "INVITE", "x");
    byte[] ever = {1, 1, 't', 0, 1, 1, 'a', 1, 6, 'I', 'N', 'V', 'I', 'T', 'E', 1, 'x'};
    assertEquals(Bytes.of(ever), Bytes.of(written(List.of(mark))));
    assertEquals(List.of(mark), TraceMark.read(new WireInput(ever)));
    ever[4] = 4;
    assertThrows(Unreadable.class, () -> TraceMark.read(new WireInput(ever)));
  }
}
