package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.INFO;
import static io.sipscope.protocol.verdict.Verdict.Level.WARN;

/// Rules on requests whose last attempt was refused: what the code means, which host said it, and
/// what it gave as reason.
final class Refused {
  static final Rule REDIRECTED =
      new Rule(
          "redirected",
          2,
          INFO,
          "The last attempt was redirected (3xx), and no further one was captured.",
          "Whether the sender follows redirections, and where the Contact leads.");

  static final Rule USE_PROXY =
      new Rule(
          "use-proxy",
          1,
          WARN,
          "The last attempt was answered with 305, and no further one was captured.",
          "The proxy that the Contact names.");

  static final Rule ALTERNATIVE_SERVICE =
      new Rule(
          "alternative-service",
          1,
          WARN,
          "The last attempt was answered with 380, and no further one was captured.",
          "The body of the 380 tells of the alternative, for example an emergency call.");

  static final Rule FORBIDDEN_AFTER_CREDENTIALS =
      new Rule(
          "forbidden-after-credentials",
          1,
          WARN,
          "The request was sent with credentials and answered with 403.",
          "User name and password, then the permissions of the account.");

  static final Rule REGISTRATION_FORBIDDEN =
      new Rule(
          "registration-forbidden",
          1,
          WARN,
          "REGISTER was answered with 403.",
          "Whether the account may register, from that address.");

  static final Rule REGISTRATION_UNKNOWN_USER =
      new Rule(
          "registration-unknown-user",
          1,
          WARN,
          "REGISTER was answered with 404.",
          "User name and domain of the phone's account.");

  static final Rule REGISTRATION_REFUSED =
      new Rule(
          "registration-refused",
          1,
          WARN,
          "REGISTER was refused with a 4xx or 6xx code that no rule above names.",
          "What the code says, and the registrar's log.");

  static final Rule REGISTRAR_FAILED =
      new Rule(
          "registrar-failed",
          1,
          Verdict.Level.BAD,
          "REGISTER was answered with a 5xx code.",
          "The registrar and its database.");

  static final Rule SUBSCRIPTION_REFUSED =
      new Rule(
          "subscription-refused",
          1,
          WARN,
          "SUBSCRIBE was refused with a 4xx code other than 489.",
          "Whether the subscriber may watch that resource, and it exists.");

  static final Rule MESSAGE_REFUSED =
      new Rule(
          "message-refused",
          1,
          WARN,
          "MESSAGE was refused with a 4xx code.",
          "Whether the recipient is registered and takes messages.");

  static final Rule PUBLISH_REFUSED =
      new Rule(
          "publish-refused",
          1,
          WARN,
          "PUBLISH was refused with a 4xx code; 412 means that the server no longer knows the"
              + " state.",
          "SIP-If-Match and Event of the client; whether it publishes anew after 412.");

  static final Rule KEEPALIVE_ANSWERED_WITH_ERROR =
      new Rule(
          "keepalive-answered-with-error",
          1,
          INFO,
          "OPTIONS was answered with a 4xx code: the host is there.",
          "");

  /// Seconds that it rang before 408 or 480, from which on nobody was there.
  private static final long NOBODY_THERE = Cancelled.NOBODY_THERE;

  private Refused() {}

  static Verdict of(Case dialog) {
    var leg = dialog.decisive().failed();
    int status = leg.failureStatus;
    if (status == 401 || status == 407) {
      return Challenged.of(dialog);
    }
    if (status < 400) {
      return redirected(dialog, leg);
    }
    var ringing = dialog.decisive().ringing();
    if ((status == 408 || status == 480)
        && dialog.isCall()
        && ringing.happened()
        && ringing.until(leg.failure) >= NOBODY_THERE) {
      return Cancelled.nobody(dialog, Moment.NEVER).at(source(dialog.decisive(), leg)).verdict();
    }
    return refused(dialog, leg);
  }

  private static Rule rule(Case dialog, int status) {
    var known = Refusal.of(status).rule();
    boolean client = status < 500 || status >= 600;
    boolean named = !known.equals(Refusal.CLIENT.rule()) && !known.equals(Refusal.GLOBAL.rule());
    if (status == 403 && hasCredentials(dialog)) {
      return FORBIDDEN_AFTER_CREDENTIALS;
    }
    return switch (dialog.method()) {
      case "REGISTER" ->
          switch (status) {
            case 403 -> REGISTRATION_FORBIDDEN;
            case 404 -> REGISTRATION_UNKNOWN_USER;
            default -> !client ? REGISTRAR_FAILED : named ? known : REGISTRATION_REFUSED;
          };
      case "OPTIONS" -> client && status != 408 ? KEEPALIVE_ANSWERED_WITH_ERROR : known;
      case "SUBSCRIBE" -> status < 500 && status != 489 ? SUBSCRIPTION_REFUSED : known;
      case "MESSAGE" -> status < 500 ? MESSAGE_REFUSED : known;
      case "PUBLISH" -> status < 500 ? PUBLISH_REFUSED : known;
      default -> known;
    };
  }

  private static boolean hasCredentials(Case dialog) {
    for (var leg : dialog.decisive().legs()) {
      if (leg.clues.credentials) {
        return true;
      }
    }
    return false;
  }

  private static Verdict refused(Case dialog, Leg leg) {
    int status = leg.failureStatus;
    var answer = (status + " " + leg.reason).strip();
    var rule = rule(dialog, status);
    var who = source(dialog.decisive(), leg);
    var title =
        rule.equals(KEEPALIVE_ANSWERED_WITH_ERROR)
            ? "Alive: " + who + " answered " + answer
            : (dialog.isCall() ? "Not connected: " : "Refused: ") + answer + " from " + who;
    var detail = new StringBuilder();
    detail
        .append(Refusal.of(status).why())
        .append(". ")
        .append(dialog.method().isEmpty() ? "The request" : dialog.method())
        .append(" was answered with ")
        .append(answer)
        .append(dialog.afterDecisive(leg.failure))
        .append(maker(dialog.decisive(), leg));
    quote(detail, leg);
    if (Waiting.earlyMedia(dialog.decisive()).happened()) {
      detail.append(" Early media came before it: likely an announcement.");
    }
    var silent = Waiting.silent(dialog.decisive());
    silent.ifPresent(
        hop ->
            detail
                .append(" It had sent the request on to ")
                .append(Words.callee(hop))
                .append(' ')
                .append(Words.times(hop.sends()))
                .append(" without a response."));
    return new Telling(rule, title, detail.toString())
        .at(silent.map(Words::callee).orElse(who))
        .show(dialog.decisive().request(), dialog.method())
        .show(silent.map(hop -> hop.request).orElse(Moment.NEVER), "sent on, not answered")
        .show(Waiting.earlyMedia(dialog.decisive()), "early media")
        .show(leg.failure, answer)
        .verdict();
  }

  private static void quote(StringBuilder detail, Leg leg) {
    var clues = leg.clues;
    if (!clues.refusalCause.isEmpty()) {
      detail.append(" It gave as reason ").append(Words.quoted(clues.refusalCause));
      var named = Causes.name(clues.refusalCause);
      detail.append(named.startsWith("Q.850") ? " (" + named + ")." : ".");
    }
    if (!clues.retryAfter.isEmpty()) {
      detail.append(" It asks to try again after ").append(Words.quoted(clues.retryAfter));
      detail.append(" s.");
    }
    if (!clues.server.isEmpty()) {
      detail.append(" It calls itself ").append(Words.quoted(clues.server)).append('.');
    }
  }

  /// Which host made the refusal, as far as the hops that were captured tell.
  static String source(Attempt attempt, Leg leg) {
    return Words.callee(farthestWith(attempt, leg));
  }

  private static String maker(Attempt attempt, Leg leg) {
    if (attempt.legs().size() == attempt.nearest().size()) {
      return ".";
    }
    return farthestWith(attempt, leg) == leg
        ? " by that host itself: no hop behind it said so."
        : " and passed on by " + Words.callee(leg) + ".";
  }

  private static Leg farthestWith(Attempt attempt, Leg leg) {
    var farthest = leg;
    for (var other : attempt.legs()) {
      if (other.hops > farthest.hops && other.failureStatus == leg.failureStatus) {
        farthest = other;
      }
    }
    return farthest;
  }

  private static Verdict redirected(Case dialog, Leg leg) {
    var answer = (leg.failureStatus + " " + leg.reason).strip();
    var who = source(dialog.decisive(), leg);
    var rule =
        switch (leg.failureStatus) {
          case 305 -> USE_PROXY;
          case 380 -> ALTERNATIVE_SERVICE;
          default -> REDIRECTED;
        };
    var to = leg.clues.contact.isEmpty() ? "" : " to " + Words.quoted(leg.clues.contact);
    return new Telling(
            rule,
            "Redirected: " + answer,
            who
                + " redirected the "
                + dialog.method()
                + to
                + dialog.afterDecisive(leg.failure)
                + "; no further attempt was captured.")
        .at(who)
        .show(dialog.decisive().request(), dialog.method())
        .show(leg.failure, answer)
        .verdict();
  }
}
