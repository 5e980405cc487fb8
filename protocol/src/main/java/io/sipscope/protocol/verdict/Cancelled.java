package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.GOOD;
import static io.sipscope.protocol.verdict.Verdict.Level.INFO;
import static io.sipscope.protocol.verdict.Words.SECOND;

import java.util.Optional;

/// Rules on calls that were given up before they were answered: who did it, and after what.
final class Cancelled {
  /// Who hangs up earlier gave up; who lets it ring for longer got no answer.
  static final long NOBODY_THERE = 15 * SECOND;

  /// A person does not meet a round number of seconds by so little.
  private static final long TIMER_TOLERANCE = SECOND / 5;

  private static final long TIMER_STEP = 5 * SECOND;

  static final Rule ANSWERED_ELSEWHERE =
      new Rule(
          "answered-elsewhere",
          1,
          GOOD,
          "The CANCEL says that another phone answered (Reason: SIP;cause=200).",
          "");

  static final Rule NO_ANSWER =
      new Rule(
          "no-answer",
          1,
          INFO,
          "The call rang for 15 s or more, and was then cancelled or answered with 408, 480 or"
              + " 487.",
          "");

  static final Rule CANCELLED_BEFORE_RINGING =
      new Rule(
          "cancelled-before-ringing",
          1,
          INFO,
          "The caller cancelled before the callee's side announced ringing.",
          "If it took long: which hop did not go on.");

  static final Rule CANCELLED =
      new Rule(
          "cancelled",
          2,
          INFO,
          "The INVITE was ended with 487 while it rang, or nobody was seen to ask for that.",
          "");

  private Cancelled() {}

  static Optional<Leg> cancelOf(Leg invite, Case call) {
    for (var cancel : call.facts().companions.all()) {
      if (cancel.method.equals("CANCEL")
          && cancel.request.happened()
          && cancel.isOnBranchOf(invite)) {
        return Optional.of(cancel);
      }
    }
    return Optional.empty();
  }

  static Verdict of(Case call) {
    var decisive = call.decisive();
    Optional<Leg> cancel = Optional.empty();
    for (var leg : decisive.nearest()) {
      cancel = cancel.or(() -> cancelOf(leg, call));
    }
    var asked = cancel.map(leg -> leg.request).orElse(Moment.NEVER);
    var asking = asked.happened() ? asked : call.facts().cancel();
    var ringing = decisive.ringing();
    if (cancel.isPresent() && Causes.isAnsweredElsewhere(cancel.get().clues.cause)) {
      return told(
              ANSWERED_ELSEWHERE,
              "Answered elsewhere",
              "The call was answered by another phone"
                  + call.afterDecisive(asking)
                  + ", so that this one was told to stop ringing.",
              call,
              asking)
          .verdict();
    }
    if (ringing.happened() && ringing.until(call.ended()) >= NOBODY_THERE) {
      return nobody(call, asking).verdict();
    }
    if (asking.happened() && !ringing.happened()) {
      return told(
              CANCELLED_BEFORE_RINGING,
              "Cancelled before it rang",
              "CANCEL was sent" + call.afterDecisive(asking) + "; no ringing had been announced.",
              call,
              asking)
          .verdict();
    }
    return told(
            CANCELLED,
            asking.happened() ? "Cancelled before it was answered" : "Ended before it was answered",
            asking.happened()
                ? "CANCEL was sent" + call.afterDecisive(asking) + "."
                : "The request was terminated (487); no CANCEL was captured.",
            call,
            asking)
        .verdict();
  }

  /// Rang for long, whoever ended that.
  static Telling nobody(Case call, Moment cancel) {
    var ringing = call.decisive().ringing();
    var end = cancel.happened() ? cancel : call.ended();
    long rang = ringing.until(end);
    long off = Math.abs(call.asked().until(end) % TIMER_STEP);
    boolean timer = Math.min(off, TIMER_STEP - off) <= TIMER_TOLERANCE && call.asked().happened();
    var how =
        cancel.happened()
            ? "the caller's side gave up with CANCEL"
            : "the callee's side ended that";
    return told(
        NO_ANSWER,
        "Nobody answered: it rang for " + Words.span(rang),
        "It rang for "
            + Words.span(rang)
            + ", then "
            + how
            + (timer ? ", likely by a timer of " + Words.span(call.asked().until(end)) + "." : "."),
        call,
        cancel);
  }

  private static Telling told(Rule rule, String title, String detail, Case call, Moment cancel) {
    return new Telling(rule, title, detail)
        .show(call.decisive().request(), "INVITE")
        .show(call.decisive().ringing(), "ringing")
        .show(cancel, "CANCEL")
        .show(call.ended(), "end");
  }
}
