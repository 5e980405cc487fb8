package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.GOOD;
import static io.sipscope.protocol.verdict.Verdict.Level.WARN;
import static io.sipscope.protocol.verdict.Words.SECOND;

import java.util.Optional;

/// Rules on what is done inside an answered call: re-INVITE and UPDATE, keep-alives, transfers.
final class Changes {
  private static final int NORMAL_SENDS = 3;
  private static final long NORMAL_SPAN = 3 * SECOND;

  /// Who hangs up because a change was refused does it at once.
  private static final long AT_ONCE = SECOND;

  private static final int REQUEST_PENDING = 491;

  static final Rule GLARE_UNRESOLVED =
      new Rule(
          "glare-unresolved",
          1,
          WARN,
          "A re-INVITE was refused with 491, and none that was accepted followed.",
          "Whether the side that got the 491 tries again after its random pause (RFC 3261 §14.1).");

  static final Rule ENDED_AFTER_REFUSED_CHANGE =
      new Rule(
          "ended-after-refused-change",
          1,
          WARN,
          "A re-INVITE or UPDATE was refused, and a BYE followed within a second.",
          "What the change asked for (hold, other codecs, T.38) and why it was refused.");

  static final Rule DIALOG_UNKNOWN =
      new Rule(
          "dialog-unknown",
          1,
          WARN,
          "A request inside the call was answered with 481 or 408.",
          "Whether that host was restarted, or the request was sent to another one.");

  static final Rule IN_DIALOG_UNANSWERED =
      new Rule(
          "in-dialog-unanswered",
          1,
          WARN,
          "A request inside the call was sent four times or more, and never answered.",
          "Whether the silent host is still there; the call is likely dead on its side.");

  static final Rule TRANSFER_FAILED =
      new Rule(
          "transfer-failed",
          1,
          WARN,
          "The last NOTIFY of a REFER says that the transfer ended with a failure.",
          "The call to the target of the REFER: it is a dialog of its own.");

  static final Rule TRANSFER_REFUSED =
      new Rule(
          "transfer-refused",
          1,
          WARN,
          "A REFER inside the call was refused.",
          "Whether that side allows transfers (Allow: REFER), and to that target.");

  static final Rule TRANSFERRED =
      new Rule(
          "transferred",
          1,
          GOOD,
          "A NOTIFY of a REFER says that the transfer succeeded, and the call ended.",
          "");

  private Changes() {}

  private static boolean isChange(Leg leg) {
    return leg.inDialog && (leg.method.equals("INVITE") || leg.method.equals("UPDATE"));
  }

  static Optional<Verdict> glare(Case call) {
    Leg refused = null;
    for (var leg : call.facts().legs().all()) {
      if (isChange(leg) && leg.failureStatus == REQUEST_PENDING) {
        refused = refused == null || leg.failure.time() > refused.failure.time() ? leg : refused;
      }
    }
    if (refused == null) {
      return Optional.empty();
    }
    for (var leg : call.facts().legs().all()) {
      if (isChange(leg) && leg.success.happened()) {
        return Optional.empty();
      }
    }
    return new Telling(
            GLARE_UNRESOLVED,
            "A change of the call was refused with 491 and not tried again",
            "Both sides changed the call at once; "
                + Words.caller(refused)
                + " was told to wait and try again, and no attempt that was accepted was seen.")
        .at(Words.caller(refused))
        .show(refused.request, "re-INVITE")
        .show(refused.failure, "491")
        .spoken();
  }

  static Optional<Verdict> refusedThenEnded(Case call) {
    for (var leg : call.facts().legs().all()) {
      if (isChange(leg)
          && leg.failure.happened()
          && !isTriedAgain(leg.failureStatus)
          && leg.failure.until(call.ended()) >= 0
          && leg.failure.until(call.ended()) <= AT_ONCE) {
        var answer = (leg.failureStatus + " " + leg.reason).strip();
        return new Telling(
                ENDED_AFTER_REFUSED_CHANGE,
                "Ended by " + HangUps.side(call) + " right after a change was refused: " + answer,
                Words.callee(leg)
                    + " refused the "
                    + leg.method
                    + " of "
                    + Words.caller(leg)
                    + " inside the call, and the BYE followed"
                    + Words.after(leg.failure, call.ended())
                    + ".")
            .at(Words.callee(leg))
            .show(leg.request, leg.method + " inside the call")
            .show(leg.failure, answer)
            .show(call.ended(), "BYE")
            .spoken();
      }
    }
    return Optional.empty();
  }

  /// Challenges, glare and session intervals are mended and sent again.
  private static boolean isTriedAgain(int status) {
    return status == 401 || status == 407 || status == 422 || status == REQUEST_PENDING;
  }

  static Optional<Verdict> unknown(Case call) {
    for (var leg : call.facts().legs().all()) {
      if (leg.inDialog
          && isKept(leg.method)
          && (leg.failureStatus == 481 || leg.failureStatus == 408)) {
        var answer = (leg.failureStatus + " " + leg.reason).strip();
        return new Telling(
                DIALOG_UNKNOWN,
                Words.callee(leg) + " no longer took part in the call: " + answer,
                "The "
                    + leg.method
                    + " that "
                    + Words.caller(leg)
                    + " sent inside the call was answered with "
                    + answer
                    + ".")
            .at(Words.callee(leg))
            .show(leg.request, leg.method + " inside the call")
            .show(leg.failure, answer)
            .spoken();
      }
    }
    return Optional.empty();
  }

  static Optional<Verdict> unanswered(Case call) {
    for (var leg : call.facts().legs().all()) {
      if (leg.inDialog
          && isKept(leg.method)
          && !leg.answer().happened()
          && leg.sends() > NORMAL_SENDS
          && leg.asking() >= NORMAL_SPAN) {
        return new Telling(
                IN_DIALOG_UNANSWERED,
                Words.callee(leg) + " stopped answering inside the call",
                Words.caller(leg)
                    + " sent "
                    + leg.method
                    + " "
                    + Words.times(leg.sends())
                    + " within "
                    + Words.span(leg.asking())
                    + "; no response was captured.")
            .at(Words.callee(leg))
            .show(leg.request, leg.method + " inside the call")
            .show(leg.clues.requestAgain, leg.method + " ×" + (leg.sends() - 1))
            .spoken();
      }
    }
    return Optional.empty();
  }

  /// What keeps a call up; what only travels in it, as INFO and MESSAGE, does not end it.
  private static boolean isKept(String method) {
    return method.equals("INVITE") || method.equals("UPDATE") || method.equals("OPTIONS");
  }

  static Optional<Verdict> transfer(Case call) {
    var facts = call.facts();
    if (facts.transferStatus >= 300) {
      return new Telling(
              TRANSFER_FAILED,
              "Transfer failed: " + facts.transferStatus,
              "The NOTIFY of the transfer says that the call to its target was answered with "
                  + facts.transferStatus
                  + ".")
          .show(refer(call).map(leg -> leg.request).orElse(Moment.NEVER), "REFER")
          .show(facts.transfer, "NOTIFY: " + facts.transferStatus)
          .spoken();
    }
    var refused = refer(call).filter(leg -> leg.failure.happened() && !leg.success.happened());
    if (refused.isPresent() && !isTriedAgain(refused.get().failureStatus)) {
      var leg = refused.get();
      var answer = (leg.failureStatus + " " + leg.reason).strip();
      return new Telling(
              TRANSFER_REFUSED,
              "Transfer refused by " + Words.callee(leg) + ": " + answer,
              "The REFER that " + Words.caller(leg) + " sent was answered with " + answer + ".")
          .at(Words.callee(leg))
          .show(leg.request, "REFER")
          .show(leg.failure, answer)
          .spoken();
    }
    return Optional.empty();
  }

  static Optional<Verdict> transferred(Case call) {
    var facts = call.facts();
    if (facts.transferStatus / 100 != 2) {
      return Optional.empty();
    }
    return new Telling(
            TRANSFERRED,
            "Transferred",
            "The NOTIFY of the transfer says "
                + facts.transferStatus
                + "; the call was then ended by "
                + HangUps.side(call)
                + ".")
        .show(refer(call).map(leg -> leg.request).orElse(Moment.NEVER), "REFER")
        .show(facts.transfer, "NOTIFY: " + facts.transferStatus)
        .show(call.ended(), "BYE")
        .spoken();
  }

  private static Optional<Leg> refer(Case call) {
    Leg newest = null;
    for (var leg : call.facts().legs().all()) {
      if (leg.method.equals("REFER")
          && (newest == null || leg.first.time() > newest.first.time())) {
        newest = leg;
      }
    }
    return Optional.ofNullable(newest);
  }
}
