package io.sipscope.protocol.dialog;

import static io.sipscope.protocol.dialog.Verdict.Level.BAD;
import static io.sipscope.protocol.dialog.Verdict.Level.GOOD;
import static io.sipscope.protocol.dialog.Verdict.Level.INFO;
import static io.sipscope.protocol.dialog.Verdict.Level.WARN;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The rules that say in a sentence how a dialog went. Each states what the messages show and no
/// more: what was not captured is said to be that, not to have not happened.
final class Verdicts {
  private static final double PER_TENTH = 1e8;

  private final Origin origin;
  private final Outcome outcome;
  private final Facts facts;
  private final Attempt decisive;

  private Verdicts(Origin origin, Outcome outcome, Facts facts) {
    this.origin = origin;
    this.outcome = outcome;
    this.facts = facts;
    this.decisive = outcome.decisive();
  }

  static Verdict of(Origin origin, Outcome outcome, Facts facts) {
    var verdicts = new Verdicts(origin, outcome, facts);
    boolean isCall = origin.method().equals("INVITE");
    return switch (outcome.phase()) {
      case TRYING, EARLY, EXPIRED -> verdicts.pending();
      case CONFIRMED -> isCall ? verdicts.inCall() : verdicts.subscribed();
      case TERMINATED -> isCall ? verdicts.ended() : verdicts.answered();
      case CANCELLED -> verdicts.cancelled();
      case FAILED -> verdicts.refused();
    };
  }

  private Verdict pending() {
    var request = decisive.request();
    if (decisive.ringing().happened()) {
      return new Verdict(
          INFO,
          "Ringing, not answered yet",
          "The callee's side announced ringing; no final response was captured.",
          evidence(request, decisive.ringing()),
          "ringing");
    }
    if (decisive.provisional().happened()) {
      return new Verdict(
          INFO,
          "In progress",
          origin.method() + " was received by the other side; no final response was captured.",
          evidence(request, decisive.provisional()),
          "in-progress");
    }
    return new Verdict(
        WARN,
        "No response",
        origin.method() + " was seen " + times(decisive.requests()) + "; no response was captured.",
        evidence(request, decisive.first()),
        "no-response");
  }

  private Verdict inCall() {
    return outcome.midstream()
        ? new Verdict(
            INFO,
            "In call",
            "Messages inside a call were captured; how it began and ended was not.",
            evidence(decisive.first()),
            "joined-midstream")
        : new Verdict(
            INFO,
            "In call",
            "Answered" + after(Timings.of(origin, outcome).setup()) + "; no BYE was captured.",
            evidence(decisive.request(), decisive.success()),
            "in-call");
  }

  private Verdict ended() {
    var by = facts.byeFromTag.equals(origin.fromTag()) ? "the caller" : "the callee";
    if (!decisive.success().happened() || outcome.midstream()) {
      return new Verdict(
          INFO,
          "Ended",
          "A BYE was captured; how the call was answered was not.",
          evidence(decisive.request(), outcome.ended()),
          "ended-unseen-answer");
    }
    var timings = Timings.of(origin, outcome);
    return new Verdict(
        GOOD,
        "Answered and ended normally",
        "Answered" + after(timings.setup()) + ", ended by " + by + after(timings.duration()) + ".",
        evidence(decisive.request(), decisive.success(), outcome.ended()),
        "answered-and-ended");
  }

  private Verdict answered() {
    var evidence = evidence(decisive.request(), outcome.ended());
    if (origin.method().equals("SUBSCRIBE")) {
      return new Verdict(
          INFO,
          "Subscription ended",
          "A NOTIFY said that the subscription is terminated.",
          evidence,
          "subscription-ended");
    }
    if (!decisive.success().happened()) {
      return new Verdict(
          INFO,
          "Ended",
          "A BYE was captured; its answer was not.",
          evidence,
          "ended-unseen-answer");
    }
    boolean register = origin.method().equals("REGISTER");
    return new Verdict(
        GOOD,
        register ? "Registration accepted" : origin.method() + " answered",
        "The answer was " + decisive.successStatus() + challenges() + ".",
        evidence,
        register ? "registration-accepted" : "request-answered");
  }

  private Verdict subscribed() {
    return new Verdict(
        INFO,
        "Subscribed",
        facts.notify.happened()
            ? "The subscription was notified; its end was not captured."
            : "The subscription was accepted; no NOTIFY was captured.",
        evidence(decisive.request(), decisive.success(), facts.notify),
        "subscribed");
  }

  private Verdict cancelled() {
    return new Verdict(
        INFO,
        facts.cancel.happened()
            ? "Cancelled before it was answered"
            : "Ended before it was answered",
        facts.cancel.happened()
            ? "CANCEL was sent" + after(sinceRequest(facts.cancel)) + "."
            : "The request was terminated (487); no CANCEL was captured.",
        evidence(decisive.request(), facts.cancel, outcome.ended()),
        "cancelled");
  }

  private Verdict refused() {
    var failed = decisive.failed();
    int status = failed.failureStatus;
    var answer = (status + " " + failed.reason).strip();
    var evidence = evidence(decisive.request(), failed.failure);
    if (status == 401 || status == 407) {
      return authenticationFailed(answer, evidence);
    }
    if (status < 400) {
      return new Verdict(
          INFO,
          "Redirected: " + answer,
          origin.method() + " was redirected; no further attempt was captured.",
          evidence,
          "redirected");
    }
    return new Verdict(
        status < 500 ? WARN : BAD,
        (origin.method().equals("INVITE") ? "Not connected: " : "Refused: ") + answer,
        origin.method()
            + " was answered with "
            + answer
            + after(sinceRequest(failed.failure))
            + ".",
        evidence,
        status < 500
            ? "refused-by-callee-side"
            : status < 600 ? "server-failure" : "refused-globally");
  }

  private Verdict authenticationFailed(String answer, List<Long> evidence) {
    int tries = outcome.attempts().size();
    return new Verdict(
        tries > 1 ? BAD : WARN,
        tries > 1 ? "Authentication failed" : "Asked for credentials",
        tries > 1
            ? tries + " attempts were made; the last was answered with " + answer + "."
            : "The answer was " + answer + "; no attempt with credentials was captured.",
        evidence,
        tries > 1 ? "authentication-failed" : "challenged");
  }

  private String challenges() {
    int challenges = outcome.attempts().indexOf(decisive);
    return challenges > 0 ? " after " + times(challenges, "challenge") : "";
  }

  private OptionalLong sinceRequest(Moment moment) {
    var request = decisive.request();
    return request.happened() && moment.happened()
        ? OptionalLong.of(Math.max(0, moment.time() - request.time()))
        : OptionalLong.empty();
  }

  private static String after(OptionalLong nanos) {
    if (nanos.isEmpty()) {
      return "";
    }
    long tenths = Math.round(nanos.getAsLong() / PER_TENTH);
    return " after " + tenths / 10 + "." + tenths % 10 + " s";
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  private static String times(int count, String what) {
    return count == 1 ? "one " + what : count + " " + what + "s";
  }

  private static List<Long> evidence(Moment... moments) {
    var evidence = new ArrayList<Long>(moments.length);
    for (var moment : moments) {
      if (moment.happened() && !evidence.contains(moment.seq())) {
        evidence.add(moment.seq());
      }
    }
    evidence.sort(null);
    return List.copyOf(evidence);
  }
}
