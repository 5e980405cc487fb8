package io.sipscope.protocol.dialog;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.util.ArrayList;
import java.util.List;

/// A call written down as a play: who says what, one line a message. The clock ticks one second a
/// line, starting at second 1.
///
/// ```text
/// alice > bob   : INVITE 1 from=a branch=b1
/// bob   > alice : 180 INVITE 1 from=a to=b branch=b1
/// ```
final class Play {
  static final long SECOND = 1_000_000_000L;

  private Play() {}

  static List<Capture> of(String script) {
    var captures = new ArrayList<Capture>();
    long time = 0;
    for (var line : script.strip().lines().map(String::strip).toList()) {
      time += SECOND;
      captures.add(line(line, time));
    }
    return List.copyOf(captures);
  }

  static Conversation played(List<Capture> captures) {
    var conversation = new Conversation();
    captures.forEach(conversation::observe);
    return conversation;
  }

  static DialogSummary summary(String script) {
    return played(of(script)).summary();
  }

  static Capture line(String line, long time) {
    var sides = line.substring(0, line.indexOf(':')).split(">", -1);
    var words = line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1);
    return capture(
        address(sides[0].strip()), address(sides[1].strip()), time, Agent.NONE, text(words));
  }

  static Capture capture(
      Endpoint source, Endpoint destination, long time, Agent agent, String sip) {
    return new Capture(
        time + 5,
        time,
        Transport.UDP,
        source,
        destination,
        agent,
        "",
        SourceKind.HEP,
        Bytes.of(sip));
  }

  static Capture at(Capture capture, long time) {
    return new Capture(
        time + 5,
        time,
        capture.transport(),
        capture.source(),
        capture.destination(),
        capture.agent(),
        capture.correlationId(),
        capture.kind(),
        capture.sip());
  }

  static Capture by(Capture capture, Agent agent) {
    return new Capture(
        capture.receivedAt(),
        capture.time(),
        capture.transport(),
        capture.source(),
        capture.destination(),
        agent,
        capture.correlationId(),
        capture.kind(),
        capture.sip());
  }

  static Endpoint address(String name) {
    int last =
        switch (name) {
          case "alice" -> 1;
          case "proxy" -> 2;
          case "bob" -> 3;
          case "carol" -> 4;
          default -> throw new IllegalArgumentException(name);
        };
    return Endpoint.parse("192.0.2." + last + ":5060").orElseThrow();
  }

  private static String text(String[] words) {
    boolean response = Character.isDigit(words[0].charAt(0));
    var method = response ? words[1] : words[0];
    var cseq = response ? words[2] : words[1];
    var lines = new ArrayList<String>();
    lines.add(
        response
            ? "SIP/2.0 " + words[0] + " " + reason(words[0])
            : method + " sip:bob@example.com SIP/2.0");
    int vias = Integer.parseInt(value(words, "vias", "1"));
    lines.add("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" + value(words, "branch", method + cseq));
    for (int i = 1; i < vias; i++) {
      lines.add("Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKupstream" + i);
    }
    boolean byCallee = value(words, "by", "caller").equals("callee");
    var caller = "Alice <sip:alice@example.org>" + tag(value(words, "from", "a"));
    var callee = "<sip:bob@example.com>" + tag(value(words, "to", ""));
    lines.add("From: " + (byCallee ? callee : caller));
    lines.add("To: " + (byCallee ? caller : callee));
    lines.add("Call-ID: play@example.org");
    lines.add("CSeq: " + cseq + " " + method);
    lines.add("User-Agent: " + (byCallee || response ? "Bob's" : "Alice's") + " phone");
    var state = value(words, "state", "");
    if (!state.isEmpty()) {
      lines.add("Subscription-State: " + state);
    }
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private static String tag(String tag) {
    return tag.isEmpty() ? "" : ";tag=" + tag;
  }

  private static String reason(String status) {
    return switch (status) {
      case "100" -> "Trying";
      case "180" -> "Ringing";
      case "200" -> "OK";
      case "401" -> "Unauthorized";
      case "486" -> "Busy Here";
      case "487" -> "Request Terminated";
      default -> "Because";
    };
  }

  private static String value(String[] words, String name, String otherwise) {
    for (var word : words) {
      if (word.startsWith(name + "=")) {
        return word.substring(name.length() + 1);
      }
    }
    return otherwise;
  }
}
