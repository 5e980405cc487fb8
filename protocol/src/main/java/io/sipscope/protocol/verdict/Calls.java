package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.GOOD;
import static io.sipscope.protocol.verdict.Verdict.Level.INFO;

import java.util.Optional;

/// Rules on answered calls with which nothing is wrong, and on those of which not all was captured.
final class Calls {
  static final Rule ANSWERED_AND_ENDED =
      new Rule(
          "answered-and-ended",
          2,
          GOOD,
          "The call was answered and ended by a BYE, and no rule above found anything.",
          "");

  static final Rule ENDED_UNSEEN_ANSWER =
      new Rule(
          "ended-unseen-answer",
          2,
          INFO,
          "A BYE was captured, and how the call was answered was not.",
          "Whether agents capture at every hop the call takes, and since when.");

  static final Rule IN_CALL =
      new Rule("in-call", 2, INFO, "The call was answered, and no BYE was captured yet.", "");

  static final Rule ON_HOLD =
      new Rule(
          "on-hold",
          1,
          INFO,
          "The last re-INVITE that was accepted put the call on hold, and no BYE was captured yet.",
          "");

  static final Rule JOINED_MIDSTREAM =
      new Rule(
          "joined-midstream",
          2,
          INFO,
          "Messages inside a call were captured, and neither its beginning nor its end.",
          "Since when the agents capture.");

  static final Rule ONE_DIRECTION_CAPTURED =
      new Rule(
          "one-direction-captured",
          1,
          INFO,
          "Requests were captured that prove an answer (ACK, BYE, PRACK), and not one response.",
          "The capture agent: it sees the packets of one direction only (asymmetric routing, a"
              + " filter).");

  private Calls() {}

  static Optional<Verdict> oneDirection(Case call) {
    var facts = call.facts();
    if (facts.responses > 0 || call.midstream()) {
      return Optional.empty();
    }
    var proof = proof(call);
    if (!proof.happened()) {
      return Optional.empty();
    }
    return new Telling(
            ONE_DIRECTION_CAPTURED,
            "Only one direction was captured",
            "Requests show that the call went on, so there were responses: none of them was"
                + " captured.")
        .show(call.decisive().request(), call.method())
        .show(proof, "proves an answer")
        .show(call.ended(), "BYE")
        .spoken();
  }

  private static Moment proof(Case call) {
    var proof = call.ended();
    for (var leg : call.facts().companions.all()) {
      proof = leg.method.equals("ACK") ? proof.earlier(leg.request) : proof;
    }
    for (var leg : call.facts().legs().all()) {
      proof = leg.inDialog ? proof.earlier(leg.request) : proof;
    }
    return proof;
  }

  static Verdict ended(Case call) {
    var decisive = call.decisive();
    if (!decisive.success().happened() || call.midstream()) {
      return new Telling(
              ENDED_UNSEEN_ANSWER,
              "Ended",
              "A BYE was captured; how the call was answered was not.")
          .show(decisive.request(), call.method())
          .show(call.ended(), "BYE")
          .verdict();
    }
    return new Telling(
            ANSWERED_AND_ENDED,
            "Answered and ended normally",
            "Answered"
                + call.afterRequest(decisive.success())
                + ", ended by "
                + HangUps.side(call)
                + Words.after(decisive.success(), call.ended())
                + ".")
        .show(decisive.request(), "INVITE")
        .show(decisive.success(), "answer")
        .show(call.ended(), "BYE of " + HangUps.side(call))
        .verdict();
  }

  static Optional<Verdict> onHold(Case call) {
    Leg newest = null;
    for (var leg : call.facts().legs().all()) {
      if (leg.inDialog
          && leg.method.equals("INVITE")
          && leg.success.happened()
          && leg.clues.offer.isThere()
          && (newest == null || leg.success.time() > newest.success.time())) {
        newest = leg;
      }
    }
    if (newest == null || !newest.clues.offer.held()) {
      return Optional.empty();
    }
    return new Telling(
            ON_HOLD,
            "In call, on hold",
            Words.caller(newest)
                + " put the call on hold"
                + Words.after(call.decisive().success(), newest.success)
                + "; no BYE was captured.")
        .at(Words.caller(newest))
        .show(call.decisive().success(), "answer")
        .show(newest.request, "hold")
        .spoken();
  }

  static Verdict up(Case call) {
    var decisive = call.decisive();
    return call.midstream()
        ? new Telling(
                JOINED_MIDSTREAM,
                "In call",
                "Messages inside a call were captured; how it began and ended was not.")
            .show(decisive.first(), "first message seen")
            .verdict()
        : new Telling(
                IN_CALL,
                "In call",
                "Answered" + call.afterRequest(decisive.success()) + "; no BYE was captured.")
            .show(decisive.request(), "INVITE")
            .show(decisive.success(), "answer")
            .verdict();
  }
}
