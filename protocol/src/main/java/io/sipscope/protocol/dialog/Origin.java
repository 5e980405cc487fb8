package io.sipscope.protocol.dialog;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.sip.SipMessage;
import java.util.Comparator;
import java.util.List;

/// The message that tells who called whom: the earliest request that creates something, else the
/// earliest message there is. In-dialog requests tell it badly, as either side sends them.
///
/// @param rank 0 = a request without To-tag, 1 = its CANCEL or a response to it, 2 = in-dialog
/// @param digest decides between messages of one time, the same way in any order of arrival
/// @param source the side of the caller, whoever sent this message
record Origin(
    int rank,
    long time,
    boolean response,
    long cseq,
    long digest,
    String callId,
    String method,
    String caller,
    String callee,
    String fromTag,
    String ruri,
    String userAgent,
    Endpoint source,
    Endpoint destination) {

  /// Longer header values are cut: a summary is bounded.
  private static final int MAX_TEXT = 512;

  private static final Comparator<Origin> TELLS_BETTER =
      Comparator.<Origin>comparingInt(origin -> origin.rank)
          .thenComparingLong(origin -> origin.time)
          .thenComparing(origin -> origin.response)
          .thenComparingLong(origin -> origin.cseq)
          .thenComparingLong(origin -> origin.digest);

  /// Of a conversation in which nothing could be read.
  static Origin unknown(List<Endpoint> addresses, long time) {
    return new Origin(
        2,
        time,
        false,
        -1,
        0,
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        addresses.getFirst(),
        addresses.getLast());
  }

  /// Whether a message of this rank and time may tell better: saves reading it when it cannot.
  boolean yieldsTo(int otherRank, long otherTime) {
    return otherRank < rank || (otherRank == rank && otherTime <= time);
  }

  Origin better(Origin other) {
    return TELLS_BETTER.compare(other, this) < 0 ? other : this;
  }

  static int rank(SipMessage message) {
    if (!message.toTag().isEmpty()) {
      return 2;
    }
    var method = message.method();
    return !message.isRequest() || method.equals("CANCEL") || method.equals("ACK") ? 1 : 0;
  }

  static Origin of(Capture capture, SipMessage message, String fromTag, long digest) {
    boolean response = !message.isRequest();
    return new Origin(
        rank(message),
        capture.time(),
        response,
        message.cseq().number(),
        digest,
        message.callId().text(),
        cut(response ? message.cseq().method() : message.method()),
        cut(message.from().aor()),
        cut(message.to().aor()),
        fromTag,
        cut(message.requestUri()),
        response ? "" : cut(message.header("User-Agent").orElse("")),
        response ? capture.destination() : capture.source(),
        response ? capture.source() : capture.destination());
  }

  static String cut(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
  }
}
