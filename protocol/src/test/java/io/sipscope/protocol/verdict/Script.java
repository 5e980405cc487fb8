package io.sipscope.protocol.verdict;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The messages of a labelled dialog, one line a message: when, from whom, to whom, what. Numbers,
/// branches and tags follow from what was said before, unless they are given.
///
/// ```text
/// 0    alice proxy INVITE sdp=PCMA,G729
/// 0.1  proxy alice 100
/// 2    bob proxy 200 sdp=PCMA x=10 | Contact: <sip:bob@10.0.0.1>
/// ```
///
/// `x=10`: sent ten times more, as timers have it (RFC 3261 §17). `*` before a line: evidence.
final class Script {
  private static final double T1 = 0.5;
  private static final double T2 = 4;
  private static final long SECOND = 1_000_000_000L;
  private static final Set<String> CALLEES = Set.of("bob", "carol");
  private static final Set<String> BETWEEN = Set.of("proxy", "edge");
  private static final Set<String> CREATING =
      Set.of("INVITE", "REGISTER", "OPTIONS", "SUBSCRIBE", "MESSAGE", "PUBLISH", "CANCEL");

  private record Sent(String method, long cseq, String branch, boolean byCallee, String toTag) {}

  /// @param evidence whether it has to be among the evidence
  record Line(Capture capture, boolean evidence) {}

  private final Map<String, Sent> latest = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, Boolean> refused = new HashMap<>();
  private final Map<String, String> hops = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();
  private int branches;

  static List<Line> of(List<String> text) {
    var script = new Script();
    text.forEach(script::line);
    script.lines.sort(Comparator.comparingLong(line -> line.capture().time()));
    return List.copyOf(script.lines);
  }

  private void line(String text) {
    boolean evidence = text.startsWith("*");
    var parts = text.substring(evidence ? 1 : 0).strip().split("\\s*\\|\\s*", -1);
    var words = parts[0].split("\\s+", -1);
    var options = new HashMap<String, String>();
    for (int i = 4; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      options.put(
          equals < 0 ? words[i] : words[i].substring(0, equals),
          equals < 0 ? "" : words[i].substring(equals + 1));
    }
    var headers = new ArrayList<>(List.of(parts).subList(1, parts.length));
    boolean response = Character.isDigit(words[3].charAt(0));
    var sip =
        words[3].equals("?")
            ? "noise"
            : response
                ? response(words[1], words[2], words[3], options, headers)
                : request(words[1], words[2], words[3], options, headers);
    double at = Double.parseDouble(words[0]);
    boolean invite = !response && words[3].equals("INVITE");
    add(words[1], words[2], at, sip, evidence);
    int times = Integer.parseInt(options.getOrDefault("x", "0"));
    double pause = T1;
    for (int i = 0; i < times; i++) {
      at += pause;
      pause = invite ? pause * 2 : Math.min(T2, pause * 2);
      add(words[1], words[2], at, sip, false);
    }
  }

  private void add(String from, String to, double at, String sip, boolean evidence) {
    long time = Math.round(at * SECOND) + SECOND;
    lines.add(
        new Line(
            new Capture(
                time + 1,
                time,
                Transport.UDP,
                endpoint(from),
                endpoint(to),
                Agent.NONE,
                "",
                SourceKind.HEP,
                Bytes.of(sip)),
            evidence));
  }

  private String request(
      String from, String to, String method, Map<String, String> options, List<String> headers) {
    boolean byCallee =
        options.containsKey("callee") || CALLEES.contains(from) || to.equals("alice");
    boolean follows = method.equals("ACK") || method.equals("CANCEL");
    var side = byCallee ? "callee" : "caller";
    var counted = side + (follows ? "INVITE" : method);
    long number =
        options.containsKey("cseq")
            ? Long.parseLong(options.get("cseq"))
            : follows || BETWEEN.contains(from)
                ? numbers.getOrDefault(counted, 1L)
                : numbers.getOrDefault(side, byCallee ? 100L : 0L) + 1;
    numbers.put(side, Math.max(number, numbers.getOrDefault(side, 0L)));
    numbers.put(counted, number);
    var hop = from + ">" + to;
    var invite = latest.get(hop + "INVITE");
    boolean same =
        invite != null
            && (method.equals("CANCEL")
                || (method.equals("ACK") && refused.getOrDefault(hop, false)));
    var branch = options.getOrDefault("br", same ? invite.branch() : "b" + ++branches);
    boolean inDialog = options.containsKey("in") || !CREATING.contains(method);
    var toTag = inDialog ? options.getOrDefault("to", "b") : "";
    var sent = new Sent(method, number, branch, byCallee, toTag);
    latest.put(hop + method, sent);
    if (!follows) {
      latest.put(hop, sent);
    }
    if (options.containsKey("auth")) {
      headers.add("Authorization: Digest username=\"alice\", nonce=\"n\", response=\"r\"");
    }
    return message(method + " sip:bob@example.com SIP/2.0", from, sent, toTag, options, headers);
  }

  private String response(
      String from, String to, String status, Map<String, String> options, List<String> headers) {
    var hop = to + ">" + from;
    var method =
        Set.of("INVITE", "CANCEL", "BYE", "PRACK", "UPDATE", "OPTIONS", "REFER", "NOTIFY", "INFO")
            .stream()
            .filter(options::containsKey)
            .findFirst();
    var sent = method.map(name -> latest.get(hop + name)).orElseGet(() -> latest.get(hop));
    if (sent == null) {
      var name = method.orElse("INVITE");
      sent = new Sent(name, 1, "unseen" + from + name, options.containsKey("callee"), "");
    }
    if (sent.method().equals("INVITE") && !status.startsWith("1")) {
      refused.put(hop, status.compareTo("300") >= 0);
    }
    var toTag =
        !sent.toTag().isEmpty()
            ? sent.toTag()
            : status.equals("100") ? "" : options.getOrDefault("to", tagOf(from));
    if (options.containsKey("stale")) {
      headers.add("WWW-Authenticate: Digest realm=\"r\", nonce=\"m\", stale=TRUE");
    }
    return message("SIP/2.0 " + status + " " + reason(status), from, sent, toTag, options, headers);
  }

  private static String tagOf(String host) {
    return host.equals("carol") ? "c" : "b";
  }

  private String message(
      String first,
      String from,
      Sent sent,
      String toTag,
      Map<String, String> options,
      List<String> headers) {
    var lines = new ArrayList<String>();
    lines.add(first);
    lines.add("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" + sent.branch());
    int vias = Integer.parseInt(options.getOrDefault("v", hops(sent.branch(), from, first)));
    for (int i = 1; i < vias; i++) {
      lines.add("Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKupstream" + i);
    }
    var caller = "<sip:alice@example.org>;tag=a";
    var callee = "<sip:bob@example.com>" + (toTag.isEmpty() ? "" : ";tag=" + toTag);
    lines.add("From: " + (sent.byCallee() ? callee : caller));
    lines.add("To: " + (sent.byCallee() ? caller : callee));
    lines.add("Call-ID: labelled@example.org");
    lines.add("CSeq: " + sent.cseq() + " " + sent.method());
    if (headers.stream().noneMatch(header -> header.startsWith("Contact:"))) {
      lines.add("Contact: <sip:user@" + endpoint(from) + ">");
    }
    lines.addAll(headers);
    var body = options.containsKey("sdp") ? sdp(options.get("sdp")) : options.get("frag");
    if (body == null) {
      return String.join("\r\n", lines) + "\r\n\r\n";
    }
    boolean frag = options.containsKey("frag");
    lines.add("Content-Type: " + (frag ? "message/sipfrag;version=2.0" : "application/sdp"));
    var content = frag ? "SIP/2.0 " + body + " Because\r\n" : body;
    lines.add("Content-Length: " + content.length());
    return String.join("\r\n", lines) + "\r\n\r\n" + content;
  }

  /// A request has one Via at its sender and one more behind each proxy; its responses as many.
  private String hops(String branch, String from, String first) {
    boolean response = first.startsWith("SIP/2.0");
    return response ? hops.getOrDefault(branch, "1") : remembered(branch, from);
  }

  private String remembered(String branch, String from) {
    var vias = from.equals("proxy") ? "2" : from.equals("edge") ? "3" : "1";
    hops.put(branch, vias);
    return vias;
  }

  private static String sdp(String what) {
    boolean held = what.equals("hold");
    boolean refused = what.equals("refused");
    var payloads = new StringBuilder();
    var maps = new StringBuilder();
    int dynamic = 96;
    for (var codec : held || refused ? List.of("PCMA") : List.of(what.split(",", -1))) {
      int type =
          switch (codec) {
            case "PCMU" -> 0;
            case "PCMA" -> 8;
            case "G729" -> 18;
            default -> dynamic++;
          };
      payloads.append(' ').append(type);
      if (!codec.equals("unmapped")) {
        maps.append("a=rtpmap:").append(type).append(' ').append(codec).append("/8000\r\n");
      }
    }
    return "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio "
        + (refused ? 0 : 40_000)
        + " RTP/AVP"
        + payloads
        + " 101\r\n"
        + maps
        + "a=rtpmap:101 telephone-event/8000\r\n"
        + (held ? "a=sendonly\r\n" : "");
  }

  private static Endpoint endpoint(String host) {
    var address =
        switch (host) {
          case "alice" -> "192.0.2.1";
          case "proxy" -> "192.0.2.2";
          case "bob" -> "192.0.2.3";
          case "carol" -> "192.0.2.4";
          case "edge" -> "192.0.2.5";
          default -> host;
        };
    return Endpoint.parse(address + ":5060").orElseThrow();
  }

  private static String reason(String status) {
    return switch (status) {
      case "100" -> "Trying";
      case "180" -> "Ringing";
      case "183" -> "Session Progress";
      case "200" -> "OK";
      case "401" -> "Unauthorized";
      case "407" -> "Proxy Authentication Required";
      case "486" -> "Busy Here";
      case "487" -> "Request Terminated";
      default -> "Because";
    };
  }
}
