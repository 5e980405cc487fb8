package io.sipscope.bench.search;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.verdict.Verdict;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/// Dialogs of a provider, by their number: 100,000 users behind 200 gateways, 20 capture agents,
/// ten trunks. Of some kinds there are [#RARE] among all.
///
/// @param count how many there are
/// @param from when the first begins, nanoseconds since the epoch
/// @param to when the last does
record MadeRows(long count, long from, long to) {
  /// Of each rare kind.
  static final int RARE = 20;

  static final int USERS = 100_000;
  static final int GATEWAYS = 200;
  static final int AGENTS = 20;
  static final int TRUNKS = 10;
  static final String RARE_USER = "seldom.heard@home.example.net";
  static final String RARE_STATUS = "606";
  static final String RARE_AGENT = "edge-spare";
  static final String RARE_METHOD = "PUBLISH";
  static final String RARE_TRUNK = "satellite";
  static final String RARE_DEVICE = "oddphone 9";
  static final Endpoint RARE_GATEWAY = endpoint("203.0.113.77", 5062);

  private static final long SECOND = 1_000_000_000L;
  private static final Endpoint PROXY = endpoint("198.51.100.7", 5060);
  private static final String DOMAIN = "@voice.example.com";
  private static final List<String> DEVICES =
      List.of(
          "Yealink SIP-T46U 108.86.0.20",
          "Grandstream GXP2170 1.0.11.64",
          "snomD785/10.1.148.1",
          "PolycomVVX-VVX_411-UA/6.4.3.5814",
          "Asterisk PBX 20.5.0");

  private static final Verdict ANSWERED =
      new Verdict(Verdict.Level.GOOD, "Answered", "", List.of(6L), "answered");
  private static final Verdict REFUSED =
      new Verdict(Verdict.Level.WARN, "Refused", "by the callee", List.of(4L), "refused");

  private enum Kind {
    CALL,
    REGISTRATION,
    PING
  }

  /// A user's address of record.
  static String user(int number) {
    return number() + String.format("%06d", number) + DOMAIN;
  }

  /// What all numbers begin with.
  static String number() {
    return "49301";
  }

  static Endpoint gateway(int number) {
    return endpoint("192.0.2." + number, 5060);
  }

  static Agent agent(int number) {
    return new Agent(2001 + number, "edge-" + number);
  }

  static String trunk(int number) {
    return "carrier-" + number;
  }

  private static Endpoint endpoint(String host, int port) {
    return new Endpoint(IpAddress.parse(host).orElseThrow(), port);
  }

  DialogRow row(long number) {
    var random = new SplittableRandom(number * 0xd1342543de82ef95L);
    boolean rare = number % (count / RARE) == count / RARE / 2;
    var kind = kind(random.nextInt(100));
    int caller = random.nextInt(USERS);
    int gateway = random.nextInt(GATEWAYS);
    boolean pstn = kind == Kind.CALL && random.nextInt(2) == 0;
    var callId =
        HexFormat.of().toHexDigits(random.nextLong())
            + HexFormat.of().toHexDigits(random.nextLong())
            + "@"
            + gateway(gateway).address();
    int status = rare ? Integer.parseInt(RARE_STATUS) : status(kind, random.nextInt(1000));
    boolean answered = status == 200;
    long startedAt = from + (long) ((double) (to - from) / count * number);
    long lasts = lasts(kind, answered, random);
    var addresses =
        List.of(rare ? RARE_GATEWAY : gateway(gateway), PROXY, gateway(random.nextInt(GATEWAYS)));
    var callee = rare ? RARE_USER : user(random.nextInt(USERS));
    boolean lost = answered && kind == Kind.CALL && random.nextInt(500) == 0;
    var summary =
        new DialogSummary(
            callId,
            startedAt,
            startedAt + lasts,
            lost ? OptionalLong.empty() : OptionalLong.of(startedAt + lasts),
            lost ? Phase.CONFIRMED : answered ? Phase.TERMINATED : Phase.FAILED,
            lost ? OptionalLong.of(startedAt + lasts + 14_400 * SECOND) : OptionalLong.empty(),
            rare ? RARE_METHOD : method(kind),
            user(caller),
            callee,
            tag(random),
            List.of(tag(random)),
            "sip:" + callee,
            addresses.getFirst(),
            addresses.get(1),
            addresses,
            rare ? RARE_DEVICE : DEVICES.get(random.nextInt(DEVICES.size())),
            OptionalInt.of(status),
            kind == Kind.CALL ? 7 : 2,
            0,
            OptionalLong.of(SECOND),
            OptionalLong.of(SECOND / 10),
            answered ? OptionalLong.of(lasts) : OptionalLong.empty(),
            List.of(rare ? new Agent(99, RARE_AGENT) : agent(random.nextInt(AGENTS))),
            answered ? ANSWERED : REFUSED);
    return new DialogRow(
        callId, summary, rare ? RARE_TRUNK : pstn ? trunk(random.nextInt(TRUNKS)) : "");
  }

  private static Kind kind(int percent) {
    return percent < 80 ? Kind.CALL : percent < 92 ? Kind.REGISTRATION : Kind.PING;
  }

  private static String method(Kind kind) {
    return switch (kind) {
      case CALL -> "INVITE";
      case REGISTRATION -> "REGISTER";
      case PING -> "OPTIONS";
    };
  }

  private static int status(Kind kind, int perMille) {
    if (perMille < 700) {
      return 200;
    }
    if (kind != Kind.CALL) {
      return perMille < 960 ? 200 : 403;
    }
    return perMille < 800
        ? 486
        : perMille < 900 ? 487 : perMille < 970 ? 404 : perMille < 998 ? 480 : 503;
  }

  /// A call in 200 takes more than an hour.
  private static long lasts(Kind kind, boolean answered, SplittableRandom random) {
    if (kind != Kind.CALL) {
      return SECOND / 20;
    }
    if (!answered) {
      return random.nextLong(SECOND, 40 * SECOND);
    }
    long usual = (long) (-120 * SECOND * Math.log(random.nextDouble(1e-6, 1)));
    return random.nextInt(200) == 0 ? 3600 * SECOND + usual * 10 : 5 * SECOND + usual;
  }

  private static String tag(SplittableRandom random) {
    return HexFormat.of().toHexDigits(random.nextLong(), 10);
  }
}
