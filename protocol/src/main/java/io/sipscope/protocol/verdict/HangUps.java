package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.BAD;
import static io.sipscope.protocol.verdict.Verdict.Level.INFO;
import static io.sipscope.protocol.verdict.Verdict.Level.WARN;
import static io.sipscope.protocol.verdict.Words.SECOND;

import java.util.List;
import java.util.Optional;

/// Rules on how a call came to its end: its BYE, what the BYE says, and when it came.
final class HangUps {
  private static final int NORMAL_SENDS = 3;
  private static final long NORMAL_SPAN = 3 * SECOND;

  /// A BYE for the session timer comes a little before the session expires (RFC 4028 §10).
  private static final long BEFORE_EXPIRY = 32 * SECOND;

  private static final long AFTER_EXPIRY = 2 * SECOND;

  /// The shortest interval that RFC 4028 allows, in seconds.
  private static final long SHORTEST_SESSION = 90;

  /// Carriers and switches end calls at round times.
  private static final List<Long> LIMITS_SECONDS =
      List.of(1_800L, 3_600L, 5_400L, 7_200L, 10_800L, 14_400L, 21_600L, 28_800L, 43_200L, 86_400L);

  private static final long LIMIT_TOLERANCE = SECOND;

  /// Longer calls are seldom meant; those that are, are trunks and conferences.
  private static final long VERY_LONG = 4 * 3600 * SECOND;

  static final Rule BYE_TO_PRIVATE_CONTACT =
      new Rule(
          "bye-to-private-contact",
          1,
          BAD,
          "BYE was sent four times or more to a private address from a public one, and never"
              + " answered.",
          "NAT settings of the host that gave the private Contact; it likely still thinks the call"
              + " is up.");

  static final Rule BYE_UNANSWERED =
      new Rule(
          "bye-unanswered",
          1,
          WARN,
          "BYE was sent four times or more within 3 s or more, and never answered.",
          "Whether the host that should have answered is up and reachable; its side of the call"
              + " may have gone on, with its billing.");

  static final Rule BYE_REFUSED =
      new Rule(
          "bye-refused",
          1,
          WARN,
          "Every BYE was refused, for example with 481.",
          "Whether the refusing host had lost the call before (restart, timeout), or tags and"
              + " Route of the BYE are not those of the call.");

  static final Rule SESSION_TIMER_EXPIRED =
      new Rule(
          "session-timer-expired",
          1,
          WARN,
          "The answer set a session timer, no refresh was seen, and the BYE came when it ran out"
              + " (RFC 4028).",
          "Which side was to refresh, and whether its re-INVITE or UPDATE got lost on the way.");

  static final Rule ENDED_WITH_CAUSE =
      new Rule(
          "ended-with-cause",
          1,
          WARN,
          "The BYE gives a Reason other than a normal clearing.",
          "What the cause says, at the host that sent the BYE.");

  static final Rule CALL_LIMIT_REACHED =
      new Rule(
          "call-limit-reached",
          1,
          INFO,
          "An answered call ended within a second of half an hour or a round number of hours.",
          "Call limits of the side that sent the BYE.");

  static final Rule VERY_LONG_CALL =
      new Rule(
          "very-long-call",
          1,
          INFO,
          "An answered call lasted for more than four hours.",
          "Whether it was meant, or a BYE got lost earlier.");

  private HangUps() {}

  static Optional<Verdict> unanswered(Case call) {
    Leg silent = null;
    for (var leg : call.facts().legs().all()) {
      if (leg.method.equals("BYE")) {
        if (leg.success.happened() || leg.failure.happened() || leg.provisional.happened()) {
          return Optional.empty();
        }
        if (leg.sends() > NORMAL_SENDS && leg.asking() >= NORMAL_SPAN) {
          silent = silent == null || leg.hops > silent.hops ? leg : silent;
        }
      }
    }
    if (silent == null) {
      return Optional.empty();
    }
    var who = Words.callee(silent);
    boolean lost =
        Reach.isPrivate(silent.clues.to.address()) && !Reach.isPrivate(silent.clues.from.address());
    return new Telling(
            lost ? BYE_TO_PRIVATE_CONTACT : BYE_UNANSWERED,
            "Ended, but " + who + " never answered the BYE",
            Words.caller(silent)
                + " sent BYE "
                + Words.times(silent.sends())
                + " within "
                + Words.span(silent.asking())
                + (lost
                    ? " to a private Contact address, which cannot be reached from there."
                    : "; no response was captured."))
        .at(who)
        .show(call.decisive().success(), "answer")
        .show(silent.request, lost ? "BYE to a private address" : "BYE")
        .show(silent.clues.requestAgain, "BYE ×" + (silent.sends() - 1))
        .spoken();
  }

  static Optional<Verdict> refused(Case call) {
    Leg refused = null;
    for (var leg : call.facts().legs().all()) {
      if (leg.method.equals("BYE")) {
        if (!leg.failure.happened()) {
          return Optional.empty();
        }
        refused = refused == null || leg.hops < refused.hops ? leg : refused;
      }
    }
    if (refused == null || refused.failureStatus == 401 || refused.failureStatus == 407) {
      return Optional.empty();
    }
    var who = Words.callee(refused);
    var answer = (refused.failureStatus + " " + refused.reason).strip();
    return new Telling(
            BYE_REFUSED,
            "Ended, but " + who + " refused the BYE: " + answer,
            refused.failureStatus == 481
                ? who + " no longer knew the call when " + Words.caller(refused) + " hung up."
                : who + " answered the BYE of " + Words.caller(refused) + " with " + answer + ".")
        .at(who)
        .show(refused.request, "BYE")
        .show(refused.failure, answer)
        .spoken();
  }

  static Optional<Verdict> sessionTimer(Case call) {
    Leg refreshed = null;
    for (var leg : call.facts().legs().all()) {
      if ((leg.method.equals("INVITE") || leg.method.equals("UPDATE"))
          && leg.success.happened()
          && (refreshed == null || leg.success.time() > refreshed.success.time())) {
        refreshed = leg;
      }
    }
    if (refreshed == null || refreshed.clues.sessionExpires < SHORTEST_SESSION) {
      return Optional.empty();
    }
    long expiry = refreshed.clues.sessionExpires * SECOND;
    long lasted = refreshed.success.until(call.ended());
    long before = Math.min(BEFORE_EXPIRY, expiry / 3) + SECOND;
    if (lasted < expiry - before || lasted > expiry + AFTER_EXPIRY) {
      return Optional.empty();
    }
    return new Telling(
            SESSION_TIMER_EXPIRED,
            "Likely ended by the session timer after " + Words.span(lasted),
            "The answer set Session-Expires to "
                + refreshed.clues.sessionExpires
                + " s; no refresh was seen, and "
                + side(call)
                + " sent BYE when it ran out.")
        .at(ender(call))
        .show(refreshed.success, "Session-Expires: " + refreshed.clues.sessionExpires)
        .show(call.ended(), "BYE" + Words.after(refreshed.success, call.ended()))
        .spoken();
  }

  static Optional<Verdict> cause(Case call) {
    var bye = bye(call);
    if (bye.isEmpty() || !Causes.isAbnormal(bye.get().clues.cause)) {
      return Optional.empty();
    }
    return new Telling(
            ENDED_WITH_CAUSE,
            "Ended by " + side(call) + ": " + Causes.name(bye.get().clues.cause),
            "The BYE from "
                + Words.caller(bye.get())
                + " gives as reason "
                + Words.quoted(bye.get().clues.cause)
                + Words.after(call.decisive().success(), call.ended())
                + ".")
        .at(Words.caller(bye.get()))
        .show(call.decisive().success(), "answer")
        .show(call.ended(), "BYE with Reason")
        .spoken();
  }

  static Optional<Verdict> limit(Case call) {
    var answered = call.decisive().success();
    if (!answered.happened()) {
      return Optional.empty();
    }
    long lasted = answered.until(call.ended());
    for (long limit : LIMITS_SECONDS) {
      if (Math.abs(lasted - limit * SECOND) <= LIMIT_TOLERANCE) {
        return new Telling(
                CALL_LIMIT_REACHED,
                "Ended by " + side(call) + " after " + Words.span(lasted) + ", likely by a limit",
                "The call lasted for "
                    + Words.span(limit * SECOND)
                    + " to the second: a call limit of the side that sent the BYE is likely.")
            .at(ender(call))
            .show(answered, "answer")
            .show(call.ended(), "BYE" + Words.after(answered, call.ended()))
            .spoken();
      }
    }
    return Optional.empty();
  }

  static Optional<Verdict> veryLong(Case call) {
    var answered = call.decisive().success();
    if (!answered.happened() || answered.until(call.ended()) <= VERY_LONG) {
      return Optional.empty();
    }
    return new Telling(
            VERY_LONG_CALL,
            "Ended by " + side(call) + Words.after(answered, call.ended()),
            "The call was answered"
                + call.afterRequest(answered)
                + " and lasted for more than four hours.")
        .show(answered, "answer")
        .show(call.ended(), "BYE")
        .spoken();
  }

  /// The hop of the first BYE that is nearest to its sender.
  private static Optional<Leg> bye(Case call) {
    Leg nearest = null;
    for (var leg : call.facts().legs().all()) {
      if (leg.method.equals("BYE") && (nearest == null || leg.hops < nearest.hops)) {
        nearest = leg;
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static String ender(Case call) {
    return bye(call).map(Words::caller).orElse("");
  }

  static String side(Case call) {
    return call.isEndedByCaller() ? "the caller" : "the callee";
  }
}
