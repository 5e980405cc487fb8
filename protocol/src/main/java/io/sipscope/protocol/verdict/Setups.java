package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.BAD;
import static io.sipscope.protocol.verdict.Verdict.Level.GOOD;
import static io.sipscope.protocol.verdict.Verdict.Level.INFO;
import static io.sipscope.protocol.verdict.Verdict.Level.WARN;
import static io.sipscope.protocol.verdict.Words.SECOND;

import java.util.Optional;

/// Rules on how a call was set up: what was sent again, agreed on, or came late.
final class Setups {
  private static final int NORMAL_SENDS = 3;
  private static final long NORMAL_SPAN = 3 * SECOND;

  /// A response that was sent this long before a further request did not arrive there.
  private static final long ROUND_TRIP = 2 * SECOND;

  /// Callers hang up when they hear nothing for so long; ITU-T E.721 wants 11 s at the 95th
  /// percentile of international calls.
  private static final long SLOW = 11 * SECOND;

  /// A client does not wait for longer (RFC 3261 §16.6, Timer C): what seems to is a wrong clock.
  private static final long NOT_BELIEVED = 180 * SECOND;

  static final Rule ONE_WAY_SIGNALLING =
      new Rule(
          "one-way-signalling",
          1,
          BAD,
          "A request was sent four times or more, the last time two seconds or more after a"
              + " response that should have ended that, and nothing came of it.",
          "Firewall, NAT and the sent-by and rport of the Via at the host that does not hear.");

  static final Rule PRACK_MISSING =
      new Rule(
          "prack-missing",
          1,
          WARN,
          "A reliable provisional response was sent four times or more, and no PRACK was seen (RFC"
              + " 3262).",
          "Whether the caller supports 100rel, and whether its PRACK finds the way (Record-Route,"
              + " Contact).");

  static final Rule CODEC_MISMATCH_IN_ANSWER =
      new Rule(
          "codec-mismatch-in-answer",
          1,
          BAD,
          "The answer has no codec in common with the offer.",
          "Codec lists of both sides and of what is between them; there is likely no audio.");

  static final Rule MEDIA_REFUSED =
      new Rule(
          "media-refused",
          1,
          WARN,
          "The answer has port 0 for every medium of the offer.",
          "Codec lists and the kinds of media both sides allow: the call is up without media.");

  static final Rule FORKED_ANSWERS_OPEN =
      new Rule(
          "forked-answers-open",
          1,
          WARN,
          "Two forks or more answered, and none of them but at most one was ended.",
          "Whether the caller acknowledges and ends every further answer (RFC 3261 §13.2.2.4).");

  static final Rule FORKED_ANSWERS =
      new Rule("forked-answers", 1, GOOD, "Two forks or more answered, and each was ended.", "");

  static final Rule CANCEL_CROSSED_ANSWER =
      new Rule(
          "cancel-crossed-answer",
          1,
          INFO,
          "CANCEL was sent for a call that was answered all the same.",
          "");

  static final Rule RETRANSMISSIONS =
      new Rule(
          "retransmissions",
          1,
          WARN,
          "A request was sent four times or more within two seconds or more before it was"
              + " answered.",
          "Packet loss between the two hosts, and the load of the one that answers.");

  static final Rule SLOW_SETUP =
      new Rule(
          "slow-setup",
          1,
          WARN,
          "The first response other than 100 came more than 11 s after the INVITE.",
          "Which hop took the time: the ladder shows the gap.");

  private Setups() {}

  /// Of one that failed, or has not got anywhere.
  static Optional<Verdict> oneWay(Case dialog) {
    for (var leg : dialog.facts().legs().all()) {
      var heard = leg.method.equals("INVITE") ? leg.answer() : leg.success.earlier(leg.failure);
      if (heard.happened()
          && leg.sends() > NORMAL_SENDS
          && leg.asking() >= NORMAL_SPAN
          && leg.clues.lastRequest - heard.time() >= ROUND_TRIP) {
        var deaf = Words.caller(leg);
        return new Telling(
                ONE_WAY_SIGNALLING,
                "Responses likely do not reach " + deaf,
                deaf
                    + " sent "
                    + leg.method
                    + " "
                    + Words.times(leg.sends())
                    + ", though "
                    + Words.callee(leg)
                    + " had answered"
                    + Words.after(leg.request, heard)
                    + ": signalling works in one direction only.")
            .at(deaf)
            .show(leg.request, leg.method)
            .show(heard, "answered")
            .show(leg.clues.requestAgain, leg.method + " ×" + (leg.sends() - 1))
            .spoken();
      }
    }
    return Optional.empty();
  }

  static Optional<Verdict> prackMissing(Case call) {
    for (var leg : call.decisive().legs()) {
      if (leg.clues.resentReliable >= NORMAL_SENDS && !hasPrack(call)) {
        var who = Words.callee(leg);
        return new Telling(
                PRACK_MISSING,
                "No PRACK reached " + who,
                who + " repeated a provisional response that asks for a PRACK; none was captured.")
            .at(who)
            .show(leg.clues.reliable, "asks for a PRACK")
            .show(call.ended(), "end")
            .spoken();
      }
    }
    return Optional.empty();
  }

  private static boolean hasPrack(Case call) {
    for (var leg : call.facts().legs().all()) {
      if (leg.method.equals("PRACK")) {
        return true;
      }
    }
    return false;
  }

  static Optional<Verdict> media(Case call) {
    for (var leg : call.decisive().legs()) {
      var offer = leg.clues.offer;
      var answer = leg.clues.answer;
      if (offer.isThere() && answer.isThere() && !offer.refused()) {
        boolean disjoint = !answer.refused() && offer.sharesNothingWith(answer);
        if (disjoint || answer.refused()) {
          var who = Words.callee(leg);
          return new Telling(
                  disjoint ? CODEC_MISMATCH_IN_ANSWER : MEDIA_REFUSED,
                  disjoint
                      ? "Answered with a codec that was not offered: likely no audio"
                      : "Answered without media",
                  disjoint
                      ? Words.caller(leg)
                          + " offered "
                          + offer.names()
                          + "; "
                          + who
                          + " answered with "
                          + answer.names()
                          + "."
                      : who + " answered, and refused every medium of the offer (port 0).")
              .at(who)
              .show(leg.request, disjoint ? "offers " + offer.names() : "offer")
              .show(leg.success, disjoint ? "answers " + answer.names() : "port 0")
              .spoken();
        }
      }
    }
    return Optional.empty();
  }

  static Optional<Verdict> forks(Case call) {
    var tags = call.facts().tags();
    int answers = tags.answers(call.callerTag());
    if (answers < 2) {
      return Optional.empty();
    }
    int ended = tags.endedAnswers(call.callerTag());
    boolean settled = call.ended().happened() && ended == answers;
    if (!settled && ended >= answers - 1) {
      return Optional.empty();
    }
    return new Telling(
            settled ? FORKED_ANSWERS : FORKED_ANSWERS_OPEN,
            settled
                ? "Answered by " + answers + " phones, each ended"
                : answers + " phones answered",
            settled
                ? "The call was forked; each answer was ended by a BYE."
                : "The call was forked; of its answers " + ended + " were seen to be ended.")
        .show(call.asked(), "INVITE")
        .show(call.decisive().success(), "first answer")
        .show(call.facts().bye(), "BYE")
        .spoken();
  }

  static Optional<Verdict> crossed(Case call) {
    for (var leg : call.decisive().nearest()) {
      if (leg.success.happened()) {
        for (var cancel : call.facts().companions.all()) {
          if (cancel.method.equals("CANCEL") && cancel.isOnBranchOf(leg)) {
            return new Telling(
                    CANCEL_CROSSED_ANSWER,
                    "Answered while the caller gave up",
                    "CANCEL and the answer crossed: the call was answered"
                        + call.afterRequest(leg.success)
                        + (call.ended().happened()
                            ? " and ended by a BYE" + Words.after(leg.success, call.ended()) + "."
                            : "; no BYE was captured."))
                .show(cancel.request, "CANCEL")
                .show(leg.success, "answer")
                .show(call.ended(), "BYE")
                .spoken();
          }
        }
      }
    }
    return Optional.empty();
  }

  static Optional<Verdict> retransmissions(Case dialog) {
    Leg most = null;
    for (var leg : dialog.facts().legs().all()) {
      if (leg.clues.resentRequests >= NORMAL_SENDS
          && leg.answer().happened()
          && leg.sends() > NORMAL_SENDS
          && leg.asking() >= 2 * SECOND
          && (most == null || leg.sends() > most.sends())) {
        most = leg;
      }
    }
    if (most == null) {
      return Optional.empty();
    }
    return new Telling(
            RETRANSMISSIONS,
            "Worked, but "
                + Words.caller(most)
                + " had to send "
                + most.method
                + " "
                + Words.times(most.sends()),
            Words.callee(most)
                + " answered"
                + Words.after(most.request, most.answer())
                + "; "
                + most.method
                + " was repeated "
                + Words.times(most.sends() - 1)
                + ": likely packets get lost between the two.")
        .at(Words.callee(most))
        .show(most.request, most.method)
        .show(most.clues.requestAgain, most.method + " ×" + (most.sends() - 1))
        .show(most.answer(), "first response")
        .spoken();
  }

  static Optional<Verdict> slow(Case call) {
    var asked = call.asked();
    var decisive = call.decisive();
    var sign = decisive.early().earlier(decisive.success());
    if (!asked.happened()
        || !sign.happened()
        || asked.until(sign) <= SLOW
        || asked.until(sign) > NOT_BELIEVED) {
      return Optional.empty();
    }
    return new Telling(
            SLOW_SETUP,
            "Slow to set up: the first sign came" + Words.after(asked, sign),
            "The caller heard nothing for "
                + Words.span(asked.until(sign))
                + (decisive.success().happened()
                    ? "; the call was answered" + call.afterRequest(decisive.success()) + "."
                    : "."))
        .show(asked, "INVITE")
        .show(sign, "first sign")
        .show(decisive.success(), "answer")
        .spoken();
  }
}
