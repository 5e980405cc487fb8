package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.BAD;
import static io.sipscope.protocol.verdict.Verdict.Level.WARN;

/// Rules on requests that ended with a challenge (RFC 3261 §22). A challenge that is followed by
/// what it asked for is no failure, however often it comes: such a request is not asked about here.
final class Challenged {
  /// From so many refused attempts with credentials on it is a loop, and no slip of a password.
  private static final int LOOP = 3;

  static final Rule AUTHENTICATION_LOOP =
      new Rule(
          "authentication-loop",
          1,
          BAD,
          "Three attempts with credentials or more were made, and each was challenged again.",
          "Password and realm of the account; the sender does not stop and may get itself locked"
              + " out.");

  static final Rule NONCE_LOOP =
      new Rule(
          "stale-nonce-loop",
          1,
          BAD,
          "Attempts with credentials were answered with stale=true again and again.",
          "Clock and nonce lifetime of the servers, whether those of a cluster share their"
              + " nonces.");

  static final Rule AUTHENTICATION_FAILED =
      new Rule(
          "authentication-failed",
          2,
          BAD,
          "An attempt with credentials was challenged again, not for its nonce, or the challenged"
              + " request was repeated without any.",
          "User name, password and realm of the account.");

  static final Rule CHALLENGED =
      new Rule(
          "challenged",
          2,
          WARN,
          "The request was challenged, and no attempt with credentials was captured.",
          "Whether the sender has credentials for that realm at all.");

  private Challenged() {}

  static Verdict of(Case dialog) {
    int tries = dialog.attempts().size();
    int proven = 0;
    int stale = 0;
    var first = Moment.NEVER;
    for (var attempt : dialog.attempts()) {
      if (attempt.isFailed()) {
        var leg = attempt.failed();
        boolean credentials = isProven(attempt);
        proven += credentials ? 1 : 0;
        stale += credentials && leg.clues.stale ? 1 : 0;
        first = credentials ? first.earlier(attempt.request()) : first;
      }
    }
    var leg = dialog.decisive().failed();
    var answer = (leg.failureStatus + " " + leg.reason).strip();
    var who = Refused.source(dialog.decisive(), leg);
    Rule rule;
    String title;
    String detail;
    if (stale >= LOOP || (stale == proven && stale > 1)) {
      rule = NONCE_LOOP;
      title = "Authentication in a loop: " + who + " finds every nonce stale";
      detail =
          stale
              + " attempts with credentials were answered with stale=true, the last with "
              + answer;
    } else if (proven - stale >= LOOP) {
      rule = AUTHENTICATION_LOOP;
      title = "Authentication in a loop with " + who;
      detail =
          proven
              + " attempts with credentials were made, and each was challenged again: the password"
              + " is likely wrong";
    } else if (proven > stale) {
      rule = AUTHENTICATION_FAILED;
      title = "Authentication failed: " + who + " did not take the credentials";
      detail =
          Words.times(tries, "attempt")
              + " was made; the one with credentials was answered with "
              + answer
              + ": the password or user name is likely wrong";
    } else if (tries > 1 && proven == 0) {
      rule = AUTHENTICATION_FAILED;
      title = "Authentication failed";
      detail =
          tries
              + " attempts were made, none of them with credentials; the last was answered with "
              + answer;
    } else {
      rule = CHALLENGED;
      title = "Asked for credentials by " + who;
      detail = "The answer was " + answer + "; no attempt with credentials was captured";
    }
    return new Telling(rule, title, detail.replace("attempts was", "attempts were") + ".")
        .at(who)
        .show(dialog.asked(), dialog.method())
        .show(first, "with credentials")
        .show(leg.failure, answer)
        .verdict();
  }

  private static boolean isProven(Attempt attempt) {
    for (var leg : attempt.legs()) {
      if (leg.clues.credentials) {
        return true;
      }
    }
    return false;
  }
}
