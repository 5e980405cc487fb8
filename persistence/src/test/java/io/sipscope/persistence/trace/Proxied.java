package io.sipscope.persistence.trace;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.util.ArrayList;
import java.util.List;

/// What a sniffer at a proxy sees: each message on both its sides, a millisecond apart.
public final class Proxied {
  public static final Endpoint CALLER = Endpoint.parse("192.0.2.10:5060").orElseThrow();
  public static final Endpoint PROXY = Endpoint.parse("198.51.100.1:5060").orElseThrow();
  public static final Endpoint CALLEE = Endpoint.parse("203.0.113.20:5080").orElseThrow();

  private static final String TEMPLATE =
      """
      {first}
      Via: SIP/2.0/UDP {via}
      From: <sip:{from}@example.com>;tag={fromTag}
      To: <sip:{to}@example.net>{toTag}
      Call-ID: call-1
      CSeq: {cseq} {method}
      X-Trace: yes
      Content-Length: 0

      """;

  private final List<Capture> captures = new ArrayList<>();
  private long time = 1_767_225_600_000_000_000L;

  public List<Capture> captures() {
    return List.copyOf(captures);
  }

  /// Those captured since there were so many.
  public List<Capture> since(int count) {
    return List.copyOf(captures.subList(count, captures.size()));
  }

  /// OpenSIPS's own example: thirteen messages.
  public static Proxied answeredCall() {
    var call = new Proxied();
    return call.ringing()
        .answerOn("200 OK")
        .requestOn("ACK", 1, "b1")
        .requestOn("BYE", 2, "b1")
        .replyOn("200 OK", 2, "BYE");
  }

  public Proxied ringing() {
    requestIn("INVITE", 1, "");
    replyOut("100 Trying", 1, "INVITE", "");
    requestOut("INVITE", 1, "");
    return replyOn("180 Ringing", 1, "INVITE");
  }

  public Proxied answerOn(String status) {
    return replyOn(status, 1, "INVITE");
  }

  public Proxied requestOn(String method, int cseq, String toTag) {
    requestIn(method, cseq, toTag);
    return requestOut(method, cseq, toTag);
  }

  public Proxied replyOn(String status, int cseq, String method) {
    replyIn(status, cseq, method);
    return replyOut(status, cseq, method, "b1");
  }

  public Proxied requestIn(String method, int cseq, String toTag) {
    return add(request(method), method, cseq, "a1", toTag, "c", CALLER, PROXY);
  }

  public Proxied requestOut(String method, int cseq, String toTag) {
    return add(request(method), method, cseq, "a1", toTag, "p, c", PROXY, CALLEE);
  }

  public Proxied replyIn(String status, int cseq, String method) {
    return add("SIP/2.0 " + status, method, cseq, "a1", "b1", "p, c", CALLEE, PROXY);
  }

  public Proxied replyOut(String status, int cseq, String method, String toTag) {
    return add("SIP/2.0 " + status, method, cseq, "a1", toTag, "c", PROXY, CALLER);
  }

  /// A request of the callee within the dialog.
  public Proxied requestOfCallee(String method, int cseq) {
    add(request(method), method, cseq, "b1", "a1", "e", CALLEE, PROXY);
    return add(request(method), method, cseq, "b1", "a1", "p, e", PROXY, CALLER);
  }

  /// The last one once more, a second later.
  public Proxied again() {
    var last = captures.getLast();
    time += 1_000_000_000L;
    captures.add(
        new Capture(
            time,
            time,
            last.transport(),
            last.source(),
            last.destination(),
            last.agent(),
            "",
            last.kind(),
            last.sip()));
    return this;
  }

  private static String request(String method) {
    return method + " sip:bob@example.net SIP/2.0";
  }

  private Proxied add(
      String first,
      String method,
      int cseq,
      String fromTag,
      String toTag,
      String via,
      Endpoint source,
      Endpoint destination) {
    time += 1_000_000;
    var sip =
        TEMPLATE
            .replace("{first}", first)
            .replace("{via}", via)
            .replace("{fromTag}", fromTag)
            .replace("{from}", fromTag.equals("a1") ? "alice" : "bob")
            .replace("{toTag}", toTag.isEmpty() ? "" : ";tag=" + toTag)
            .replace("{to}", fromTag.equals("a1") ? "bob" : "alice")
            .replace("{cseq}", Integer.toString(cseq))
            .replace("{method}", method)
            .replace("\n", "\r\n");
    captures.add(
        new Capture(
            time,
            time,
            Transport.UDP,
            source,
            destination,
            Agent.NONE,
            "",
            SourceKind.HEP,
            Bytes.of(sip)));
    return this;
  }
}
