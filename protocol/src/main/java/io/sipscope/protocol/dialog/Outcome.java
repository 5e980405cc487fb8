package io.sipscope.protocol.dialog;

import static io.sipscope.protocol.dialog.Phase.CANCELLED;
import static io.sipscope.protocol.dialog.Phase.CONFIRMED;
import static io.sipscope.protocol.dialog.Phase.EARLY;
import static io.sipscope.protocol.dialog.Phase.FAILED;
import static io.sipscope.protocol.dialog.Phase.TERMINATED;
import static io.sipscope.protocol.dialog.Phase.TRYING;

import io.sipscope.protocol.verdict.Attempt;
import io.sipscope.protocol.verdict.Case;
import io.sipscope.protocol.verdict.Facts;
import io.sipscope.protocol.verdict.Leg;
import io.sipscope.protocol.verdict.Moment;
import java.util.ArrayList;
import java.util.List;

/// How a dialog went by its facts: a pure function of them.
///
/// @param attempts the requests that tried to create it, in order, challenged ones first
/// @param decisive the attempt that decided, one of `attempts`
/// @param midstream no request that creates a dialog was seen: we joined later
/// @param ended when and by which message; [Moment#NEVER] while it goes on
record Outcome(
    Phase phase, List<Attempt> attempts, Attempt decisive, boolean midstream, Moment ended) {

  private static final int REQUEST_TERMINATED = 487;

  static Outcome of(Origin origin, Facts facts) {
    var legs = facts.legs().of(origin.method());
    var creating = new ArrayList<Leg>(legs.size());
    for (var leg : legs) {
      if (!leg.isInDialog()) {
        creating.add(leg);
      }
    }
    boolean midstream = creating.isEmpty();
    var attempts = Attempt.inOrder(midstream ? legs : creating);
    boolean isCall = origin.method().equals("INVITE");
    var decisive = decisive(attempts, isCall);
    return isCall || (facts.bye().happened() && midstream)
        ? call(origin, facts, attempts, decisive, midstream)
        : request(origin, facts, attempts, decisive, midstream);
  }

  /// A refusal that asks for another try counts only when none followed. A call whose later
  /// attempt is answered is answered; any other request is decided by its first answer.
  private static Attempt decisive(List<Attempt> attempts, boolean isCall) {
    var decisive = Attempt.NONE;
    for (var attempt : attempts) {
      boolean goesOn =
          decisive.legs().isEmpty()
              || (!decisive.success().happened()
                  && (isCall || !decisive.isFailed() || asksForAnother(decisive)));
      decisive = goesOn ? attempt : decisive;
    }
    return decisive;
  }

  /// Redirections, challenges, and what a client mends and sends again (RFC 3261 §8.1.3, RFC 4028
  /// §7.4, RFC 3903 §6).
  private static boolean asksForAnother(Attempt attempt) {
    int status = attempt.failed().failureStatus();
    return status < 400
        || switch (status) {
          case 401, 407, 413, 415, 416, 420, 421, 422, 423, 494 -> true;
          default -> false;
        };
  }

  private static Outcome call(
      Origin origin, Facts facts, List<Attempt> attempts, Attempt decisive, boolean midstream) {
    var bye = facts.tags().ended(origin.fromTag(), facts.bye());
    if (decisive.success().happened() || midstream) {
      return bye.happened()
          ? new Outcome(TERMINATED, attempts, decisive, midstream, bye)
          : new Outcome(CONFIRMED, attempts, decisive, midstream, Moment.NEVER);
    }
    if (decisive.isFailed() && !(bye.happened() && asksForAnother(decisive))) {
      var failed = decisive.failed();
      var phase = failed.failureStatus() == REQUEST_TERMINATED ? CANCELLED : FAILED;
      return new Outcome(phase, attempts, decisive, midstream, failed.failure());
    }
    if (bye.happened()) {
      return new Outcome(TERMINATED, attempts, decisive, midstream, bye);
    }
    var phase = decisive.early().happened() ? EARLY : TRYING;
    return new Outcome(phase, attempts, decisive, midstream, Moment.NEVER);
  }

  private static Outcome request(
      Origin origin, Facts facts, List<Attempt> attempts, Attempt decisive, boolean midstream) {
    if (origin.method().equals("SUBSCRIBE")) {
      if (facts.notifyTerminated().happened()) {
        return new Outcome(TERMINATED, attempts, decisive, midstream, facts.notifyTerminated());
      }
      if (decisive.success().happened() || facts.notified().happened() || midstream) {
        return new Outcome(CONFIRMED, attempts, decisive, midstream, Moment.NEVER);
      }
    }
    if (decisive.success().happened()) {
      return new Outcome(TERMINATED, attempts, decisive, midstream, decisive.success());
    }
    return decisive.isFailed()
        ? new Outcome(FAILED, attempts, decisive, midstream, decisive.failed().failure())
        : new Outcome(TRYING, attempts, decisive, midstream, Moment.NEVER);
  }

  /// As the rules of verdicts look at it.
  Case told(Origin origin, Facts facts) {
    var stage =
        switch (phase) {
          case TRYING, EARLY, EXPIRED -> Case.Stage.PENDING;
          case CONFIRMED -> Case.Stage.UP;
          case TERMINATED -> Case.Stage.ENDED;
          case CANCELLED -> Case.Stage.CANCELLED;
          case FAILED -> Case.Stage.REFUSED;
        };
    return new Case(
        origin.method(), origin.fromTag(), stage, attempts, decisive, midstream, ended, facts);
  }
}
