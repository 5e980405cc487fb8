package io.sipscope.node.otel;

import io.opentelemetry.api.trace.SpanKind;
import io.sipscope.protocol.dialog.CausalOrder;
import io.sipscope.protocol.dialog.Conversation;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.dialog.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// A dialog as a trace: a pure function of its messages.
///
/// | span | from | to |
/// | --- | --- | --- |
/// | `SIP call`, `SIP METHOD` for what is no call | the first message | its end |
/// | `setup` | the first INVITE | the answer, or the end without one |
/// | `ringing` | the first 180 or 183 | the same |
/// | `conversation` | the answer | the end |
/// | `INVITE`, `BYE`, ... | a request on one hop | its final answer |
///
/// The end of what goes on is its last message.
final class CallTrace {
  /// More spans nobody reads, and a dialog of weeks has thousands of OPTIONS.
  private static final int MOST_EXCHANGES = 500;

  private final SpanIds ids;
  private final DialogSummary summary;
  private final List<Rung> rungs;
  private final List<Span> spans = new ArrayList<>();
  private final String rootId;

  private CallTrace(String key, List<Rung> rungs, DialogSummary summary) {
    this.ids = new SpanIds(key);
    this.rungs = rungs;
    this.summary = summary;
    this.rootId = ids.span("call");
  }

  /// The id of a dialog's trace, whether it is exported or not.
  static String idOf(String key) {
    return new SpanIds(key).trace();
  }

  /// The root first.
  ///
  /// @param rungs in the order of storing, at least one
  static List<Span> of(String key, List<Rung> rungs) {
    var conversation = new Conversation();
    rungs.forEach(rung -> conversation.observe(rung.capture()));
    var trace = new CallTrace(key, CausalOrder.sort(rungs), conversation.summary());
    trace.root();
    trace.phases();
    trace.exchanges();
    return List.copyOf(trace.spans);
  }

  private boolean isCall() {
    return summary.method().equals("INVITE");
  }

  private long over() {
    return summary.endedAt().orElse(summary.updatedAt());
  }

  private void root() {
    var first = rungs.getFirst().capture();
    var attributes =
        new SpanAttributes()
            .text("sip.call_id", summary.callId())
            .text("sip.method", summary.method())
            .text("sip.phase", summary.phase().name().toLowerCase(java.util.Locale.ROOT))
            .text("sip.from", summary.caller())
            .text("sip.to", summary.callee())
            .text("sip.request_uri", summary.ruri())
            .between(summary.source(), summary.destination(), first.transport())
            .text("user_agent.original", summary.userAgent())
            .whole("sip.messages", summary.messages())
            .whole("sip.retransmissions", summary.retransmissions())
            .millis("sip.setup.duration_ms", summary.setup())
            .millis("sip.ringing.duration_ms", summary.ring())
            .millis("sip.conversation.duration_ms", summary.duration())
            .text("sip.verdict", summary.verdict().title());
    summary.status().ifPresent(status -> attributes.whole("sip.response.status_code", status));
    var failure = failure();
    if (!failure.isEmpty()) {
      attributes.text(
          "error.type",
          summary.status().isPresent() ? Integer.toString(summary.status().getAsInt()) : "timeout");
    }
    spans.add(
        new Span(
            ids.trace(),
            rootId,
            "",
            isCall() ? "SIP call" : "SIP " + summary.method(),
            SpanKind.INTERNAL,
            summary.startedAt(),
            over(),
            attributes.build(),
            failure));
  }

  private String failure() {
    return summary.phase() == Phase.FAILED ? summary.verdict().title() : "";
  }

  private void phases() {
    var invite = OptionalLong.empty();
    for (var rung : rungs) {
      if (invite.isEmpty() && isFirst(rung)) {
        invite = OptionalLong.of(rung.capture().time());
      }
    }
    if (!isCall() || invite.isEmpty()) {
      return;
    }
    long begun = invite.getAsLong();
    boolean isAnswered = summary.setup().isPresent();
    long decided = isAnswered ? begun + summary.setup().getAsLong() : over();
    phase("setup", begun, decided, isAnswered ? "" : failure());
    summary.ring().ifPresent(rang -> phase("ringing", decided - rang, decided, ""));
    if (isAnswered) {
      phase("conversation", decided, over(), "");
    }
  }

  private static boolean isFirst(Rung rung) {
    return rung.message().method().equals("INVITE") && rung.message().toTag().isEmpty();
  }

  private void phase(String name, long from, long to, String failure) {
    spans.add(
        new Span(
            ids.trace(),
            ids.span(name),
            rootId,
            name,
            SpanKind.INTERNAL,
            from,
            to,
            new SpanAttributes().text("sip.call_id", summary.callId()).build(),
            failure));
  }

  private void exchanges() {
    for (var exchange : Exchange.of(rungs, MOST_EXCHANGES)) {
      spans.add(
          new Span(
              ids.trace(),
              ids.span(exchange.identity()),
              rootId,
              exchange.method(),
              SpanKind.CLIENT,
              exchange.start(),
              exchange.end(),
              exchange.attributes(),
              exchange.failure()));
    }
  }
}
