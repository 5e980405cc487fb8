package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.BAD;
import static io.sipscope.protocol.verdict.Verdict.Level.GOOD;

import io.sipscope.protocol.verdict.Case.Stage;
import java.util.Optional;

/// Rules on registrations that were accepted once, whatever came of them: a phone registers for
/// weeks under one Call-ID.
final class Registered {
  static final Rule REGISTRATION_LOST =
      new Rule(
          "registration-lost",
          1,
          BAD,
          "REGISTER was accepted, and later refused for good.",
          "What changed at the registrar or the account since.");

  static final Rule DEREGISTERED =
      new Rule(
          "deregistered", 1, GOOD, "The last REGISTER that was accepted took the phone away.", "");

  static final Rule REGISTRATION_REFRESHED =
      new Rule("registration-refreshed", 1, GOOD, "REGISTER was accepted more than once.", "");

  static final Rule REGISTRATION_ACCEPTED =
      new Rule("registration-accepted", 2, GOOD, "REGISTER was accepted.", "");

  private Registered() {}

  static Optional<Verdict> of(Case dialog) {
    if (!dialog.method().equals("REGISTER")
        || dialog.stage() != Stage.ENDED
        || !dialog.decisive().success().happened()) {
      return Optional.empty();
    }
    var last = dialog.decisive();
    Attempt lost = Attempt.NONE;
    int accepted = 0;
    for (var attempt : dialog.attempts()) {
      if (attempt.success().happened()) {
        accepted++;
        last = attempt;
        lost = Attempt.NONE;
      } else if (attempt.isFailed() && isForGood(attempt.failed().failureStatus)) {
        lost = attempt;
      }
    }
    if (!lost.legs().isEmpty()) {
      return lost(dialog, lost);
    }
    var who = Words.callee(last.nearest().getFirst());
    boolean away = last.nearest().getFirst().clues.withdraws;
    int challenges = dialog.attempts().indexOf(dialog.decisive());
    return new Telling(
            away ? DEREGISTERED : accepted > 1 ? REGISTRATION_REFRESHED : REGISTRATION_ACCEPTED,
            away
                ? "Registration taken back"
                : accepted > 1
                    ? "Registration accepted, " + accepted + " times"
                    : "Registration accepted",
            "The answer was "
                + last.successStatus()
                + (challenges > 0 ? " after " + Words.times(challenges, "challenge") : "")
                + ".")
        .at(who)
        .show(challenges > 0 ? dialog.asked() : Moment.NEVER, "REGISTER, challenged")
        .show(dialog.decisive().request(), "REGISTER")
        .show(dialog.decisive().success(), "accepted")
        .show(last.request(), away ? "takes it back" : "REGISTER again")
        .show(last.success(), "accepted")
        .spoken();
  }

  /// Not what a phone mends and sends again.
  private static boolean isForGood(int status) {
    return status >= 400 && status != 401 && status != 407 && status != 423 && status != 420;
  }

  private static Optional<Verdict> lost(Case dialog, Attempt lost) {
    var leg = lost.failed();
    var answer = (leg.failureStatus + " " + leg.reason).strip();
    var who = Refused.source(lost, leg);
    return new Telling(
            REGISTRATION_LOST,
            "Registration refused by " + who + " after it had been accepted: " + answer,
            "REGISTER was accepted"
                + dialog.afterRequest(dialog.decisive().success())
                + " and refused with "
                + answer
                + dialog.afterRequest(leg.failure)
                + ".")
        .at(who)
        .show(dialog.decisive().request(), "REGISTER")
        .show(dialog.decisive().success(), "accepted")
        .show(lost.request(), "REGISTER again")
        .show(leg.failure, answer)
        .spoken();
  }
}
