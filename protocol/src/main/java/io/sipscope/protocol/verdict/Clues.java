package io.sipscope.protocol.verdict;

import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.sip.NameAddr;
import io.sipscope.protocol.sip.SipMessage;
import java.util.Locale;
import java.util.Optional;

/// What rules want to know of one hop of a transaction: between which hosts it ran, what was sent
/// again, and what its headers say of the reason. Headers are read only of the messages that
/// decide, each once. Every clue is a minimum, a maximum, a count or a disjunction.
final class Clues {
  /// Of a leg that nobody asks for clues: nothing is ever noted in it.
  static final Clues NONE = new Clues();

  private static final Endpoint NOWHERE = new Endpoint(IpAddress.v4(0), 0);

  /// Header texts that are quoted are cut: a summary is bounded.
  private static final int MAX_QUOTE = 120;

  private static final int MAX_SECONDS_DIGITS = 9;
  private static final String REASON = "reason";
  private static final String EXPIRES_PARAMETER = ";expires=";
  private static final String RSEQ = "rseq";
  private static final String SESSION_EXPIRES = "session-expires";
  private static final String SESSION_EXPIRES_COMPACT = "x";

  private long placedAt = Long.MAX_VALUE;

  /// Who sent the request to whom.
  Endpoint from = NOWHERE;

  Endpoint to = NOWHERE;

  Moment requestAgain = Moment.NEVER;
  Moment successAgain = Moment.NEVER;
  long lastRequest = Long.MIN_VALUE;
  long lastSuccess = Long.MIN_VALUE;
  int resentRequests;
  int successes;
  int resentSuccesses;
  int resentFailures;

  boolean credentials;

  /// A challenge that says that only its nonce was too old (RFC 7616 §3.3).
  boolean stale;

  /// REGISTER that takes bindings away (RFC 3261 §10.2.2).
  boolean withdraws;

  /// The first 101 to 199 with a session description.
  Moment earlyMedia = Moment.NEVER;

  /// The first provisional response that wants a PRACK (RFC 3262), and how often one was sent
  /// again.
  Moment reliable = Moment.NEVER;

  int resentReliable;

  Media offer = Media.NONE;
  Media answer = Media.NONE;

  /// Hosts that Contact names and that nobody outside can reach; empty when it is reachable or its
  /// sender is as private himself.
  String privateCaller = "";

  String privateCallee = "";

  /// Session-Expires of the first 2xx, seconds; 0 when there is none (RFC 4028).
  long sessionExpires;

  /// Reason of the request (RFC 3326), and of the refusal; the latter's Warning where it has none.
  String cause = "";

  String refusalCause = "";

  /// Retry-After, Contact of a redirection, and who says to have made the refusal.
  String retryAfter = "";

  String contact = "";
  String server = "";

  void place(Sight sight, boolean request) {
    long time = sight.moment().time();
    if (this != NONE && time < placedAt) {
      placedAt = time;
      from = request ? sight.source() : sight.destination();
      to = request ? sight.destination() : sight.source();
    }
  }

  /// @param first the earliest one known
  void request(SipMessage message, String method, Sight sight, Moment first) {
    var moment = sight.moment();
    boolean earliest = moment.time() < first.time();
    requestAgain = requestAgain.earlier(earliest ? first : moment);
    lastRequest = Math.max(lastRequest, moment.time());
    resentRequests += sight.again() ? 1 : 0;
    switch (method) {
      case "BYE", "CANCEL" ->
          cause =
              earliest
                  ? message.has(REASON, REASON) ? quote(message.header("Reason").orElse("")) : ""
                  : cause;
      case "ACK", "PRACK" -> {}
      case "INVITE" -> {
        credentials |= message.hasCredentials();
        if (earliest) {
          offer = Media.of(message);
          privateCaller = unreachable(message, sight.source());
        }
      }
      case "REGISTER" -> {
        credentials |= message.hasCredentials();
        withdraws |= isWithdrawal(message);
      }
      default -> credentials |= message.hasCredentials();
    }
  }

  void provisional(SipMessage message, String method, Sight sight) {
    if (!method.equals("INVITE")) {
      return;
    }
    if (Media.isIn(message)) {
      earlyMedia = earlyMedia.earlier(sight.moment());
    }
    if (message.has(RSEQ, RSEQ)) {
      reliable = reliable.earlier(sight.moment());
      resentReliable += sight.again() ? 1 : 0;
    }
  }

  void success(SipMessage message, String method, Sight sight, Moment first) {
    var moment = sight.moment();
    boolean earliest = moment.time() < first.time();
    successAgain = successAgain.earlier(earliest ? first : moment);
    lastSuccess = Math.max(lastSuccess, moment.time());
    successes++;
    resentSuccesses += sight.again() ? 1 : 0;
    if (earliest && (method.equals("INVITE") || method.equals("UPDATE"))) {
      sessionExpires =
          message.has(SESSION_EXPIRES, SESSION_EXPIRES_COMPACT)
              ? seconds(message.header("Session-Expires").orElse(""))
              : 0;
      if (method.equals("INVITE")) {
        answer = Media.of(message);
        privateCallee = unreachable(message, sight.source());
      }
    }
  }

  /// @param earliest whether it is the refusal that counts
  void failure(SipMessage message, Sight sight, boolean earliest) {
    resentFailures += sight.again() ? 1 : 0;
    if (!earliest) {
      return;
    }
    int status = message.status();
    if (status == 401 || status == 407) {
      stale = isStale(message.header(status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate"));
      return;
    }
    refusalCause = quote(message.header("Reason").or(() -> message.header("Warning")).orElse(""));
    server = quote(message.header("Server").or(() -> message.header("User-Agent")).orElse(""));
    retryAfter = quote(message.header("Retry-After").orElse(""));
    contact = status < 400 ? quote(NameAddr.of(message.contact()).uri()) : "";
  }

  private static boolean isStale(Optional<String> challenge) {
    var text = challenge.orElse("").toLowerCase(Locale.ROOT);
    int at = text.indexOf("stale");
    return at >= 0 && text.startsWith("true", skip(text, at + "stale".length()));
  }

  private static int skip(String text, int from) {
    int at = from;
    while (at < text.length() && "= \t\"".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static boolean isWithdrawal(SipMessage message) {
    var contact = message.contact();
    int at = contact.toLowerCase(Locale.ROOT).indexOf(EXPIRES_PARAMETER);
    return at >= 0
        ? isZero(contact.substring(at + EXPIRES_PARAMETER.length()))
        : message.header("Expires").filter(Clues::isZero).isPresent();
  }

  private static boolean isZero(String seconds) {
    return seconds.startsWith("0") && seconds(seconds) == 0;
  }

  /// The number that a text begins with; 0 when there is none, or it is too large to be one.
  private static long seconds(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end == 0 || end > MAX_SECONDS_DIGITS ? 0 : Long.parseLong(text, 0, end, 10);
  }

  private static String unreachable(SipMessage message, Endpoint sender) {
    if (Reach.isPrivate(sender.address())) {
      return "";
    }
    var contact = message.contact();
    if (!Reach.mayBePrivate(contact)) {
      return "";
    }
    var host = NameAddr.of(contact).host();
    return IpAddress.parse(host).filter(Reach::isPrivate).isPresent() ? host : "";
  }

  private static String quote(String text) {
    return Leg.cut(text, MAX_QUOTE);
  }
}
