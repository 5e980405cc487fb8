package io.sipscope.protocol.legs;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.dialog.Conversation;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// One leg of a call, told message by message; times are milliseconds.
final class Told {
  private static final long MILLI = 1_000_000L;
  private static final long T0 = 1_767_225_600_000_000_000L;

  private final String callId;
  private final Endpoint source;
  private final Endpoint destination;
  private String caller = "alice@a.example";
  private String callee = "bob@b.example";
  private LegRules rules = LegRules.DEFAULT;
  private final List<Capture> captures = new ArrayList<>();
  private int cseq;

  private Told(String callId, String source, String destination) {
    this.callId = callId;
    this.source = endpoint(source);
    this.destination = endpoint(destination);
  }

  /// @param source `address` or `address:port`
  static Told leg(String callId, String source, String destination) {
    return new Told(callId, source, destination);
  }

  private static Endpoint endpoint(String text) {
    return Endpoint.parse(text.contains(":") ? text : text + ":5060").orElseThrow();
  }

  Told parties(String from, String to) {
    caller = from;
    callee = to;
    return this;
  }

  Told rules(LegRules other) {
    rules = other;
    return this;
  }

  /// @param more header lines, or a body that begins with `v=`
  Told invite(long at, String... more) {
    cseq++;
    return request(at, "INVITE sip:" + callee, true, "", more);
  }

  Told answer(long at, String... more) {
    return response(at, "200 OK", "INVITE", more);
  }

  Told ringing(long at, String... more) {
    return response(at, "180 Ringing", "INVITE", more);
  }

  Told busy(long at) {
    return response(at, "486 Busy Here", "INVITE");
  }

  Told bye(long at) {
    cseq++;
    return request(at, "BYE sip:" + callee, true, ";tag=" + toTag())
        .response(at + 5, "200 OK", "BYE");
  }

  /// The called side asks the caller to call somebody else.
  Told refer(long at, String... more) {
    cseq++;
    return request(at, "REFER sip:" + caller, false, ";tag=" + fromTag(), more);
  }

  /// Set up, answered after 50 ms and ended.
  Told whole(long at, long length, String... more) {
    return invite(at, more).answer(at + 50).bye(at + length);
  }

  String fromTag() {
    return callId.hashCode() + "f";
  }

  String toTag() {
    return callId.hashCode() + "t";
  }

  private Told request(long at, String line, boolean byCaller, String tag, String... more) {
    var method = line.substring(0, line.indexOf(' '));
    var from = "From: <sip:" + caller + ">;tag=" + fromTag();
    var to = "To: <sip:" + callee + ">" + tag;
    if (!byCaller) {
      from = "From: <sip:" + callee + ">;tag=" + toTag();
      to = "To: <sip:" + caller + ">" + tag;
    }
    return say(at, line + " SIP/2.0", from, to, method, byCaller, more);
  }

  private Told response(long at, String line, String method, String... more) {
    var from = "From: <sip:" + caller + ">;tag=" + fromTag();
    var to = "To: <sip:" + callee + ">;tag=" + toTag();
    return say(at, "SIP/2.0 " + line, from, to, method, false, more);
  }

  private Told say(
      long at,
      String line,
      String from,
      String to,
      String method,
      boolean byCaller,
      String... more) {
    var body = "";
    var text = new StringBuilder(line).append("\r\n");
    text.append("Via: SIP/2.0/UDP ")
        .append(source)
        .append(";branch=z9hG4bK")
        .append(cseq)
        .append("\r\n");
    text.append(from).append("\r\n").append(to).append("\r\n");
    text.append("Call-ID: ").append(callId).append("\r\n");
    text.append("CSeq: ").append(cseq).append(' ').append(method).append("\r\n");
    for (var one : more) {
      if (one.startsWith("v=")) {
        body = one;
        text.append("Content-Type: application/sdp\r\n");
      } else {
        text.append(one).append("\r\n");
      }
    }
    text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    captures.add(
        new Capture(
            T0 + at * MILLI + 5,
            T0 + at * MILLI,
            Transport.UDP,
            byCaller ? source : destination,
            byCaller ? destination : source,
            Agent.NONE,
            "",
            SourceKind.HEP,
            Bytes.of(text.toString())));
    return this;
  }

  static String sdp(String address, int port) {
    return sdp(address, port, "- " + (address.hashCode() & 0xfffffff) + port + " 1");
  }

  static String sdp(String address, int port, String origin) {
    return "v=0\r\no="
        + origin
        + " IN IP4 "
        + address
        + "\r\ns=-\r\nc=IN IP4 "
        + address
        + "\r\nt=0 0\r\nm=audio "
        + port
        + " RTP/AVP 8\r\n";
  }

  LegFacts facts() {
    return LegFacts.of(callId, conversation().summary(), rungs(), rules);
  }

  /// The same, its messages read in another order.
  LegFacts shuffled(Random random) {
    var rungs = new ArrayList<>(rungs());
    Collections.shuffle(rungs, random);
    return LegFacts.of(callId, conversation().summary(), rungs, rules);
  }

  Conversation conversation() {
    var conversation = new Conversation(rules.links());
    captures.forEach(conversation::observe);
    return conversation;
  }

  private List<Rung> rungs() {
    var rungs = new ArrayList<Rung>();
    for (var capture : captures) {
      if (SipParser.parse(capture.sip()) instanceof SipMessage message) {
        rungs.add(new Rung(rungs.size() + 1L, capture, message, false));
      }
    }
    return rungs;
  }
}
