package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.BAD;
import static io.sipscope.protocol.verdict.Verdict.Level.WARN;
import static io.sipscope.protocol.verdict.Words.SECOND;

import java.util.Optional;

/// Rules on the ACK of an answer (RFC 3261 §13.3.1.4): who answers repeats its 2xx until an ACK
/// comes, and gives up after 64*T1 = 32 s. That no ACK was captured proves nothing; that the answer
/// was repeated does.
final class Acknowledged {
  /// As often, and for as long, a 2xx is sent when a round trip is slow or a packet gets lost.
  private static final int NORMAL_SENDS = 3;

  private static final long NORMAL_SPAN = 3 * SECOND;

  /// After an ACK was on its way for so long, a further 2xx means that it was not heard.
  private static final long ROUND_TRIP = 2 * SECOND;

  /// About 32 s after its answer a callee without an ACK hangs up; some wait a little less.
  private static final long GIVES_UP_FROM = 18 * SECOND;

  private static final long GIVES_UP_TO = 45 * SECOND;

  static final Rule PRIVATE_CONTACT =
      new Rule(
          "private-contact",
          1,
          BAD,
          "A 2xx with a private Contact, sent from a public address, was repeated for 18 s or"
              + " more or until its sender gave up, and no ACK went to where it came from.",
          "NAT settings of the answering host (its public address in Contact), or a proxy in front"
              + " of it that sets the Contact right.");

  static final Rule ACK_MISSING =
      new Rule(
          "ack-missing",
          1,
          BAD,
          "A 2xx was repeated for 18 s or more or until its sender gave up, and no ACK was seen on"
              + " its way to it.",
          "Whether the Route set and the Contact of the 2xx lead the ACK to the answering host,"
              + " and what the last proxy before it does with ACK.");

  static final Rule ACK_NOT_HEARD =
      new Rule(
          "ack-not-heard",
          1,
          BAD,
          "A 2xx was repeated for 18 s or more or until its sender gave up, though ACKs were sent"
              + " to it.",
          "Firewall between the last hop and the answering host; branch, tags and Request-URI of"
              + " the ACK.");

  static final Rule ANSWER_REPEATED =
      new Rule(
          "answer-repeated",
          1,
          WARN,
          "A 2xx was sent four times or more within 3 s or more, and the call went on.",
          "Packet loss between the hosts that repeat, and how long the caller takes to send its"
              + " ACK.");

  private Acknowledged() {}

  static Optional<Verdict> lost(Case call) {
    var leg = repeated(call.decisive());
    if (leg == null || !(isGivenUp(call, leg) || leg.answering() >= GIVES_UP_FROM)) {
      return Optional.empty();
    }
    var ack = ackTo(call, leg, true);
    if (ack.isEmpty()) {
      return leg.clues.privateCallee.isEmpty()
          ? missing(call, leg)
          : toPrivateContact(call, leg, ackTo(call, leg, false));
    }
    return ack.get().request.time() + ROUND_TRIP < leg.clues.lastSuccess
        ? notHeard(call, leg, ack.get())
        : Optional.empty();
  }

  static Optional<Verdict> late(Case call) {
    var leg = repeated(call.decisive());
    if (leg == null) {
      return Optional.empty();
    }
    var who = Words.callee(leg);
    return new Telling(
            ANSWER_REPEATED,
            "Answered, but the answer had to be repeated by " + who,
            who
                + " sent its "
                + answer(leg)
                + " "
                + Words.times(leg.successes())
                + " within "
                + Words.span(leg.answering())
                + ": likely packets got lost, or the ACK came late.")
        .at(who)
        .show(leg.success, answer(leg))
        .show(leg.clues.successAgain, answer(leg) + " ×" + (leg.successes() - 1))
        .spoken();
  }

  /// The hop farthest from the caller on which the answer was repeated: there it began. Null when
  /// it was on none.
  private static Leg repeated(Attempt attempt) {
    Leg farthest = null;
    for (var leg : attempt.legs()) {
      if (leg.clues.successes > NORMAL_SENDS
          && leg.successes() > NORMAL_SENDS
          && leg.answering() >= NORMAL_SPAN
          && (farthest == null || leg.hops > farthest.hops)) {
        farthest = leg;
      }
    }
    return farthest;
  }

  private static boolean isGivenUp(Case call, Leg leg) {
    long lasted = leg.success.until(call.ended());
    return call.ended().happened()
        && !call.isEndedByCaller()
        && lasted >= GIVES_UP_FROM
        && lasted <= GIVES_UP_TO;
  }

  /// The ACK of an INVITE that went to the host which answered, or the one that went elsewhere,
  /// the farther the better.
  private static Optional<Leg> ackTo(Case call, Leg leg, boolean answerer) {
    Leg found = null;
    for (var ack : call.facts().companions.all()) {
      if (ack.method.equals("ACK")
          && ack.cseq == leg.cseq
          && ack.clues.to.address().equals(leg.clues.to.address()) == answerer
          && (found == null || ack.hops > found.hops)) {
        found = ack;
      }
    }
    return Optional.ofNullable(found);
  }

  private static Optional<Verdict> toPrivateContact(Case call, Leg leg, Optional<Leg> ack) {
    var contact = leg.clues.privateCallee;
    var sent =
        ack.filter(found -> found.clues.to.address().toString().equals(contact))
            .map(found -> Words.caller(found) + " sent the ACK there, ")
            .orElse("No ACK was seen on its way to it; ");
    var who = Words.callee(leg);
    return told(
            PRIVATE_CONTACT,
            call,
            leg,
            who + " answered with a private Contact address, " + contact + ". " + sent)
        .show(leg.success, "Contact is private")
        .show(
            ack.map(found -> found.request).orElse(Moment.NEVER),
            "ACK to " + ack.map(found -> found.clues.to.address().toString()).orElse(""))
        .show(leg.clues.successAgain, answer(leg) + " ×" + (leg.successes() - 1))
        .show(givingUp(call, leg), "BYE" + Words.after(leg.success, call.ended()))
        .spoken();
  }

  private static Optional<Verdict> missing(Case call, Leg leg) {
    var passed = ackTo(call, leg, false);
    var sent =
        passed
            .map(ack -> "An ACK was seen as far as " + Words.callee(ack) + " and not beyond it; ")
            .orElse("No ACK was seen; ");
    return told(ACK_MISSING, call, leg, sent)
        .show(leg.success, answer(leg))
        .show(passed.map(ack -> ack.request).orElse(Moment.NEVER), "ACK, not passed on")
        .show(leg.clues.successAgain, answer(leg) + " ×" + (leg.successes() - 1))
        .show(givingUp(call, leg), "BYE" + Words.after(leg.success, call.ended()))
        .spoken();
  }

  private static Optional<Verdict> notHeard(Case call, Leg leg, Leg ack) {
    return told(
            ACK_NOT_HEARD,
            call,
            leg,
            Words.caller(ack) + " sent an ACK, which likely got lost or was not taken for one; ")
        .show(leg.success, answer(leg))
        .show(ack.request, "ACK to " + Words.callee(ack))
        .show(leg.clues.successAgain, answer(leg) + " ×" + (leg.successes() - 1))
        .show(givingUp(call, leg), "BYE" + Words.after(leg.success, call.ended()))
        .spoken();
  }

  private static Telling told(Rule rule, Case call, Leg leg, String why) {
    var who = Words.callee(leg);
    boolean gaveUp = isGivenUp(call, leg);
    var dropped =
        gaveUp
            ? "Dropped "
                + Math.round((double) leg.success.until(call.ended()) / SECOND)
                + " seconds after answer: the ACK never reached "
            : "The ACK never reached ";
    return new Telling(
            rule,
            dropped + who,
            why
                + who
                + " repeated its "
                + answer(leg)
                + " "
                + Words.times(leg.successes() - 1)
                + (gaveUp ? " and then gave up with BYE." : "."))
        .at(who);
  }

  private static Moment givingUp(Case call, Leg leg) {
    return isGivenUp(call, leg) ? call.ended() : Moment.NEVER;
  }

  private static String answer(Leg leg) {
    return leg.successStatus == 200 ? "200 OK" : Integer.toString(leg.successStatus);
  }
}
