package io.sipscope.bench.dictionary;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes the messages of one made-up dialog, each the way its sender does.
///
/// @param caller who is in From, `callee` in To, while the caller asks
/// @param behind proxies whose Via and Record-Route a message has: 0, 1 or 2
/// @param compact whether headers have their one-letter names (RFC 3261 §7.3.3)
record Wording(
    Party caller,
    Party callee,
    List<Party> behind,
    String transport,
    String callId,
    String domain,
    boolean compact) {
  private static final Map<String, String> COMPACT =
      Map.of(
          "Via", "v",
          "From", "f",
          "To", "t",
          "Call-ID", "i",
          "Contact", "m",
          "Content-Length", "l",
          "Content-Type", "c",
          "Supported", "k");

  /// @param status 0 in a request
  /// @param up whether the transaction was begun by the caller
  /// @param toTag whether To has a tag already
  /// @param challenged whether the answer asks for, or the request gives, a digest
  record Line(
      String method,
      int status,
      String reason,
      boolean up,
      boolean toTag,
      boolean challenged,
      int cseq,
      String branch,
      Body body) {}

  byte[] message(Line line) {
    boolean request = line.status() == 0;
    var sender = request == line.up() ? caller : callee;
    var text = new StringBuilder();
    if (request) {
      text.append(line.method()).append(' ').append(target(line)).append(" SIP/2.0\r\n");
    } else {
      text.append("SIP/2.0 ").append(line.status()).append(' ').append(line.reason());
      text.append("\r\n");
    }
    for (var header : request ? sender.vendor().request() : sender.vendor().response()) {
      if (header.belongs(line.method(), line.status())
          && (!header.rarely() || sender.blanks().often(0.5))) {
        if (header.template().contains(":")) {
          add(text, sender.says(header.template()));
        } else {
          standard(text, header.template(), line, sender);
        }
      }
    }
    text.append("\r\n").append(line.body().text().replace("\n", "\r\n"));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void standard(StringBuilder text, String name, Line line, Party sender) {
    boolean request = line.status() == 0;
    switch (name) {
      case "Via" -> vias(text, line);
      case "From" -> add(text, "From: " + from(line));
      case "To" -> add(text, "To: " + to(line));
      case "Call-ID" -> add(text, "Call-ID: " + callId);
      case "CSeq" -> add(text, "CSeq: " + line.cseq() + " " + line.method());
      case "Contact" -> contact(text, line, sender);
      case "Route" -> routes(text, line.toTag() ? "Route" : "");
      case "Record-Route" ->
          routes(text, line.method().equals("INVITE") && line.status() < 300 ? name : "");
      case "Authorization" -> add(text, line.challenged() && request ? digest(line, sender) : "");
      case "Challenge" -> add(text, line.challenged() && !request ? challenge(line, sender) : "");
      case "Body" -> body(text, line.body());
      default -> throw new IllegalArgumentException("header " + name);
    }
  }

  private void vias(StringBuilder text, Line line) {
    boolean request = line.status() == 0;
    for (var proxy : behind) {
      add(
          text,
          proxy.blanks().fill("Via: SIP/2.0/" + transport + " ")
              + proxy.endpoint()
              + ";branch=z9hG4bK"
              + proxy.passing(line.branch()));
    }
    var asker = line.up() ? caller : callee;
    var address = asker.endpoint();
    var learned =
        request && behind.isEmpty()
            ? "{;rport|;rport|}"
            : "{;received=" + address.address() + "|}{;rport=" + address.port() + "|}";
    var port = asker.blanks().fill(learned);
    var branch = ";branch=z9hG4bK" + line.branch();
    var rest = asker.tag().length() % 2 == 0 ? branch + port : port + branch;
    add(text, "Via: SIP/2.0/" + transport + " " + address + rest);
  }

  private String from(Line line) {
    return line.up() ? identity(caller, true) : identity(callee, line.toTag());
  }

  private String to(Line line) {
    boolean tagged = line.toTag() || line.status() > 100;
    return line.up() ? identity(callee, tagged) : identity(caller, true);
  }

  private String identity(Party party, boolean tagged) {
    var style = Math.floorMod(party.tag().hashCode(), 4);
    var uri = "<sip:" + party.user() + "@" + (style == 3 ? party.host() : domain) + ">";
    var name = style == 0 ? "" : style == 1 ? "\"" + party.user() + "\" " : "\"{name}\" ";
    return party.says(name) + uri + (tagged ? ";tag=" + party.tag() : "");
  }

  private String target(Line line) {
    var other = line.up() ? callee : caller;
    if (line.method().equals("REGISTER")) {
      return "sip:" + domain;
    }
    var via = transport.equals("UDP") ? "" : ";transport=" + transport.toLowerCase(Locale.ROOT);
    return line.toTag()
        ? "sip:" + other.user() + "@" + other.endpoint() + via
        : "sip:" + other.user() + "@" + domain + other.blanks().fill("{|;user=phone|}");
  }

  private void contact(StringBuilder text, Line line, Party sender) {
    boolean wanted =
        switch (line.method()) {
          case "INVITE", "SUBSCRIBE", "REFER", "UPDATE" -> line.status() < 300;
          case "REGISTER" -> line.status() == 0 || line.status() == 200;
          case "OPTIONS", "NOTIFY" -> line.status() == 0;
          default -> false;
        };
    if (!wanted || line.status() == 100) {
      return;
    }
    var bound = line.method().equals("REGISTER") ? caller : sender;
    var via = transport.equals("UDP") ? "" : ";transport=" + transport.toLowerCase(Locale.ROOT);
    var extra =
        !line.method().equals("REGISTER")
            ? "{||||;+sip.instance=\"<urn:uuid:{uuid}>\"|;isfocus|;ob}"
            : line.status() == 200
                ? "{;expires=3600|;expires=300|;expires={n30-60}}"
                : "{||;expires=3600|;reg-id=1;+sip.instance=\"<urn:uuid:{uuid}>\"|;q=1.0}";
    add(
        text,
        "Contact: <sip:" + bound.user() + "@" + bound.endpoint() + via + ">" + sender.says(extra));
  }

  private void routes(StringBuilder text, String name) {
    for (var proxy : name.isEmpty() ? List.<Party>of() : behind) {
      var mark = proxy.says("{lr|lr|lr=on|lr;ftag=@|lr;nat=yes|lr;did={x3}.{x8}}");
      var uri = "<sip:" + proxy.endpoint() + ";" + mark.replace("@", caller.tag()) + ">";
      add(text, name + ": " + uri);
    }
  }

  private String digest(Line line, Party sender) {
    var name = line.method().equals("REGISTER") ? "Authorization" : "Proxy-Authorization";
    return sender
        .blanks()
        .fill(
            name
                + ": Digest username=\"{user}\", realm=\"{{domain}|asterisk|sip}\", nonce=\""
                + "{{x32}|{x8}/{x32}|{b44}=}\", uri=\"sip:{domain}\", response=\"{x32}\""
                + "{, algorithm=MD5|, algorithm=MD5, cnonce=\"{x8}\", qop=auth, nc=00000001"
                + "|,algorithm=MD5,opaque=\"{x8}\",qop=auth,cnonce=\"{x16}\",nc=00000001|}");
  }

  private String challenge(Line line, Party sender) {
    var name = line.status() == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
    return sender
        .blanks()
        .fill(
            name
                + ": Digest {realm=\"{{domain}|asterisk}\", nonce=\"{{x32}|{b44}=}\""
                + "{, stale=FALSE|}, algorithm=MD5, qop=\"auth\""
                + "|algorithm=MD5, realm=\"{{domain}|asterisk}\", nonce=\"{x8}\""
                + "|realm=\"{domain}\",nonce=\"{d10}/{x32}\",opaque=\"{x16}\",algorithm={MD5|md5}"
                + ",qop=\"auth\"}");
  }

  private void body(StringBuilder text, Body body) {
    if (!body.type().isEmpty()) {
      add(text, "Content-Type: " + body.type());
    }
    add(text, "Content-Length: " + body.text().replace("\n", "\r\n").length());
  }

  private void add(StringBuilder text, String header) {
    if (header.isEmpty()) {
      return;
    }
    int colon = header.indexOf(':');
    var name = header.substring(0, colon);
    text.append(compact ? COMPACT.getOrDefault(name, name) : name);
    text.append(header, colon, header.length()).append("\r\n");
  }
}
