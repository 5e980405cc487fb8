package io.sipscope.bench.dictionary;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A dialog between two products of `vendors.txt`, made up from random numbers: a call, a
/// registration, a subscription and so on, as an agent beside it sees it.
final class MadeDialog {
  private static final long SECOND = 1_000_000_000L;
  private static final double CHALLENGED = 0.35;

  private final Random random;
  private final Blanks blanks;
  private final Party caller;
  private final Party callee;
  private final Transport transport;
  private final Agent agent;
  private final Wording wording;
  private final List<Capture> captures = new ArrayList<>();
  private long time;
  private int cseq;
  private boolean tagged;

  static List<Capture> make(Random random, List<Vendor> vendors) {
    var dialog = new MadeDialog(random, vendors);
    dialog.play();
    return dialog.captures;
  }

  private MadeDialog(Random random, List<Vendor> vendors) {
    this.random = random;
    var nobody = new Blanks(random, Map.of());
    boolean v6 = random.nextDouble() < 0.12;
    var first = vendors.get(random.nextInt(vendors.size()));
    var second = vendors.get(random.nextInt(vendors.size()));
    transport = transport(first, nobody);
    var here = address(nobody, v6);
    var there = address(nobody, v6);
    var domain =
        nobody.fill("{sip.example.{com|net|org}|{a6}.example|voip.{a5}.test|pbx.{a4}.lan}");
    caller = party(first, here, there, domain);
    callee = party(second, there, here, domain);
    blanks = caller.blanks();
    var behind = new ArrayList<Party>();
    for (int left = random.nextInt(5) - 2; left > 0; left--) {
      behind.add(party(vendors.get(random.nextInt(vendors.size())), there, here, domain));
    }
    agent = new Agent(random.nextInt(3000), random.nextBoolean() ? "" : blanks.fill("edge-{n1-9}"));
    time = 1_790_000_000L * SECOND + random.nextLong(90_000_000L * SECOND);
    cseq = Integer.parseInt(caller.id("cseq"));
    wording =
        new Wording(
            caller,
            callee,
            List.copyOf(behind),
            transport.name(),
            caller.id("call-id"),
            domain,
            random.nextDouble() < 0.03);
  }

  private Party party(Vendor vendor, Endpoint own, Endpoint peer, String domain) {
    var nobody = new Blanks(random, Map.of());
    var user = nobody.fill("{{n100-9999}|{n100-999}|+{d11}|00{d11}|0{d9}|{a6}|alice|bob}");
    var known =
        Map.of(
            "own",
            own.address().v6() ? "[" + own.address() + "]" : own.address().toString(),
            "peer",
            peer.address().toString(),
            "user",
            user,
            "callee",
            nobody.fill("{{n100-9999}|+{d11}|0{d10}}"),
            "domain",
            domain,
            "name",
            nobody.fill("{Alice|Bob|User {n1-99}|Reception|Anonymous|{n1000-9999}|Room {n1-400}}"),
            "date",
            nobody.fill(
                "{Mon|Tue|Wed|Thu|Fri|Sat|Sun}, {n10-28}"
                    + " {Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec} 20{n26-29}"
                    + " {n10-23}:{n10-59}:{n10-59} GMT"));
    var filled = new Blanks(random, known);
    return new Party(
        vendor, own, user, filled.fill(vendor.ids().get("tag")), filled, new HashMap<>());
  }

  private Transport transport(Vendor vendor, Blanks nobody) {
    return switch (vendor.kind()) {
      case BROWSER -> random.nextBoolean() ? Transport.WSS : Transport.WS;
      case PHONE, SERVER, CARRIER, HANDSET ->
          Transport.valueOf(nobody.fill("{UDP|UDP|UDP|UDP|UDP|UDP|TCP|TCP|TLS}"));
    };
  }

  private static Endpoint address(Blanks nobody, boolean v6) {
    var port = "{5060|5060|5060|5061|5080|{n1024-65535}}";
    var text =
        v6
            ? "[2001:db8:{x4}:{x4}::{x3}]:" + port
            : "{10.{n0-255}|192.168|172.{n16-31}|{n11-223}.{n0-255}}.{n0-255}.{n1-254}";
    var whole = nobody.fill(v6 ? text : text + ":" + port);
    return Endpoint.parse(whole)
        .orElseThrow(() -> new IllegalStateException("address " + whole + " from " + text));
  }

  private void play() {
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> register();
      case 3, 4 -> exchange("OPTIONS", true, Body.NONE, 200, "OK");
      case 5, 6 -> subscribe();
      case 7 -> exchange("MESSAGE", true, Body.words(caller), 202, "Accepted");
      case 8 -> exchange("PUBLISH", true, Body.presence(caller), 200, "OK");
      default -> call();
    }
  }

  private void register() {
    if (random.nextDouble() < 0.8) {
      challenge("REGISTER", 401, Body.NONE);
    }
    exchange("REGISTER", true, Body.NONE, 200, "OK");
  }

  private void subscribe() {
    if (random.nextDouble() < CHALLENGED) {
      challenge("SUBSCRIBE", 401, Body.NONE);
    }
    exchange("SUBSCRIBE", true, Body.NONE, random.nextBoolean() ? 200 : 202, "OK");
    tagged = true;
    exchange("NOTIFY", false, Body.notification(callee), 200, "OK");
  }

  private void call() {
    var offer = Body.session(caller);
    if (random.nextDouble() < CHALLENGED) {
      challenge("INVITE", 407, offer);
    }
    var branch = caller.id("branch");
    boolean challenged = cseq > 1 && random.nextDouble() < CHALLENGED;
    request("INVITE", true, challenged, branch, offer);
    if (random.nextDouble() < 0.85) {
      answer(
          100,
          blanks.any("Trying", "Giving a try", "trying -- your call is important to us"),
          "INVITE",
          true,
          branch,
          Body.NONE);
    }
    if (random.nextDouble() < 0.3) {
      answer(183, "Session Progress", "INVITE", true, branch, Body.session(callee));
    }
    if (random.nextDouble() < 0.7) {
      answer(180, "Ringing", "INVITE", true, branch, Body.NONE);
    }
    if (random.nextDouble() < 0.15) {
      tagged = true;
      exchange("PRACK", true, Body.NONE, 200, "OK");
      tagged = false;
    }
    if (random.nextDouble() < 0.3) {
      refused(branch);
    } else {
      answered(branch);
    }
  }

  private void refused(String branch) {
    var refusal =
        blanks.any(
            "486 Busy Here",
            "404 Not Found",
            "480 Temporarily Unavailable",
            "487 Request Terminated",
            "503 Service Unavailable",
            "603 Decline",
            "403 Forbidden",
            "488 Not Acceptable Here",
            "408 Request Timeout",
            "500 Server Internal Error",
            "484 Address Incomplete",
            "302 Moved Temporarily");
    int status = Integer.parseInt(refusal.substring(0, 3));
    if (status == 487) {
      request("CANCEL", true, false, branch, Body.NONE);
      answer(200, blanks.any("OK", "canceling"), "CANCEL", true, branch, Body.NONE);
    }
    answer(status, refusal.substring(4), "INVITE", true, branch, Body.NONE);
    tagged = true;
    request("ACK", true, false, branch, Body.NONE);
  }

  private void answered(String branch) {
    answer(200, "OK", "INVITE", true, branch, Body.session(callee));
    tagged = true;
    request("ACK", true, false, caller.id("branch"), Body.NONE);
    boolean up = random.nextBoolean();
    var during = blanks.any("", "", "", "INVITE", "UPDATE", "INFO", "REFER", "NOTIFY", "OPTIONS");
    if (!during.isEmpty()) {
      var body =
          switch (during) {
            case "INVITE", "UPDATE" -> Body.session(up ? caller : callee);
            case "INFO" -> Body.information(caller);
            case "NOTIFY" -> Body.notification(caller);
            default -> Body.NONE;
          };
      cseq++;
      exchange(during, up, body, 200, "OK");
    }
    cseq++;
    exchange("BYE", random.nextBoolean(), Body.NONE, 200, "OK");
  }

  private void challenge(String method, int status, Body body) {
    var branch = caller.id("branch");
    request(method, true, false, branch, body);
    var reason = status == 401 ? "Unauthorized" : "Proxy Authentication Required";
    add(line(method, status, reason, true, true, branch, Body.NONE));
    if (method.equals("INVITE")) {
      request("ACK", true, false, branch, Body.NONE);
    }
    cseq++;
  }

  private void exchange(String method, boolean up, Body body, int status, String reason) {
    var branch = (up ? caller : callee).id("branch");
    request(method, up, method.equals("REGISTER") && random.nextDouble() < 0.8, branch, body);
    answer(status, reason, method, up, branch, Body.NONE);
  }

  private void request(String method, boolean up, boolean digest, String branch, Body body) {
    add(line(method, 0, "", up, digest, branch, body));
  }

  private void answer(
      int status, String reason, String method, boolean up, String branch, Body body) {
    add(line(method, status, reason, up, false, branch, body));
  }

  private Wording.Line line(
      String method,
      int status,
      String reason,
      boolean up,
      boolean challenged,
      String branch,
      Body body) {
    return new Wording.Line(method, status, reason, up, tagged, challenged, cseq, branch, body);
  }

  private void add(Wording.Line line) {
    boolean fromCaller = line.up() == (line.status() == 0);
    time += 100_000 + random.nextLong(SECOND);
    captures.add(
        new Capture(
            time + random.nextInt(3_000_000),
            time - time % 1000,
            transport,
            (fromCaller ? caller : callee).endpoint(),
            (fromCaller ? callee : caller).endpoint(),
            agent,
            random.nextInt(4) == 0 ? wording.callId() : "",
            SourceKind.HEP,
            Bytes.of(wording.message(line))));
  }
}
