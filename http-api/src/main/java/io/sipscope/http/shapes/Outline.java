package io.sipscope.http.shapes;

import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The first messages of a dialog as bars, each once however many hops it was seen on. Mutable: fed
/// with one message after the other.
final class Outline {
  /// As many as have room in a list.
  static final int MAX_BARS = 24;

  private final String callerTag;
  private final List<Bar> bars = new ArrayList<>();
  private final Set<Sent> seen = new HashSet<>();

  /// What stays the same from hop to hop.
  private record Sent(
      String method, int status, long cseq, String cseqMethod, String fromTag, String toTag) {}

  /// @param callerTag the From tag of the dialog's first request
  Outline(String callerTag) {
    this.callerTag = callerTag;
  }

  Outline add(Rung rung) {
    var message = rung.message();
    boolean isNew = seen.add(sent(message));
    if (bars.size() < MAX_BARS && (isNew || rung.retransmission())) {
      bars.add(bar(message, rung.retransmission()));
    }
    return this;
  }

  List<Bar> bars() {
    return List.copyOf(bars);
  }

  /// From names who sent the request, in its responses too (RFC 3261 §8.2.6.2).
  private Bar bar(SipMessage message, boolean retransmission) {
    boolean askedByCaller = message.fromTag().equals(callerTag);
    return message.isRequest()
        ? new Bar(askedByCaller, message.method(), null, retransmission)
        : new Bar(!askedByCaller, null, message.status(), retransmission);
  }

  private static Sent sent(SipMessage message) {
    var cseq = message.cseq();
    return new Sent(
        message.isRequest() ? message.method() : "",
        message.isRequest() ? 0 : message.status(),
        cseq.isPresent() ? cseq.number() : -1,
        cseq.method(),
        message.fromTag(),
        message.toTag());
  }
}
