package io.sipscope.node.observed;

import io.sipscope.persistence.dialog.Standing;
import io.sipscope.persistence.statistics.SessionMeasures;
import io.sipscope.persistence.statistics.SessionMeasures.Outcome;
import io.sipscope.persistence.statistics.SessionMeasures.Side;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.dialog.Transaction;

/// Takes the measures of RFC 6076 from dialogs and their transactions.
final class Sessions {
  private final SessionMeasures measures;

  Sessions(SessionMeasures measures) {
    this.measures = measures;
  }

  static Side side(Standing standing) {
    return standing.trunk().isEmpty()
        ? Side.NOWHERE
        : new Side(standing.trunk(), standing.callerIsOnTrunk() ? "in" : "out");
  }

  /// What a dialog says as a whole: a session that was begun and ended is complete when its end was
  /// answered (RFC 6076 §4.9), and has a duration (§4.5).
  void count(Standing standing, int sign) {
    if (standing.call() && standing.phase() == Phase.TERMINATED) {
      var measured = measures.of(side(standing));
      standing.duration().ifPresent(nanos -> measured.duration.count(nanos, sign));
      if (standing.duration().isPresent() && standing.byeAnswered()) {
        measured.completed.add(sign);
      }
    }
  }

  /// What one of its transactions says.
  void count(Standing standing, Transaction transaction, int sign) {
    if (transaction.requested().isEmpty()) {
      return;
    }
    var measured = measures.of(side(standing));
    switch (transaction.method()) {
      case "INVITE" -> {
        if (!transaction.inDialog()) {
          session(measured, transaction, sign);
        }
      }
      case "REGISTER" -> registration(measured, transaction, sign);
      case "BYE" -> {
        if (transaction.status() / 100 == 2) {
          transaction
              .until(transaction.answered())
              .ifPresent(nanos -> measured.disconnectDelay.count(nanos, sign));
        }
      }
      default -> {}
    }
  }

  /// The delay of a session request is that to the first sign of what becomes of it: that it rings,
  /// or its final reply (RFC 6076 §4.3).
  private static void session(
      SessionMeasures.Measured measured, Transaction transaction, int sign) {
    measured.attempts.add(sign);
    if (transaction.status() == 0) {
      return;
    }
    var outcome = Outcome.of(transaction.status());
    measured.outcome(outcome).add(sign);
    var first =
        transaction.indicated().isPresent() ? transaction.indicated() : transaction.answered();
    transaction
        .until(first)
        .ifPresent(
            nanos -> {
              switch (outcome) {
                case ESTABLISHED -> measured.requestDelay.count(nanos, sign);
                case USER, INEFFECTIVE, FAILED -> measured.failedRequestDelay.count(nanos, sign);
                case REDIRECTED, CHALLENGED -> {}
              }
            });
  }

  /// RFC 6076 §4.1, §4.2: a challenge is neither.
  private static void registration(
      SessionMeasures.Measured measured, Transaction transaction, int sign) {
    int status = transaction.status();
    switch (status) {
      case 401, 402, 407 -> {}
      default -> {
        measured.registrations.add(sign);
        if (status >= 200 && status < 300) {
          transaction
              .until(transaction.answered())
              .ifPresent(nanos -> measured.registrationDelay.count(nanos, sign));
        } else if (status >= 400) {
          measured.ineffectiveRegistrations.add(sign);
        }
      }
    }
  }
}
