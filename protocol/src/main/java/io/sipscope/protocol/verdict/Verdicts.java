package io.sipscope.protocol.verdict;

import java.util.List;
import java.util.Optional;

/// Asks the rules: those of the stage that a dialog has reached, in the order of precedence, until
/// one speaks. Each states what the messages show and no more: what was not captured is said to be
/// that, not to have not happened.
public final class Verdicts {
  private static final List<Speaks> PENDING =
      List.of(
          Waiting::unreadable,
          Waiting::fragment,
          Calls::oneDirection,
          Setups::oneWay,
          Waiting::cancelling,
          Setups::prackMissing,
          Waiting::silentHop);

  private static final List<Speaks> UP =
      List.of(
          Acknowledged::lost,
          Setups::media,
          Setups::forks,
          Changes::unanswered,
          Changes::unknown,
          Changes::glare,
          Changes::transfer,
          Setups::crossed,
          Acknowledged::late,
          Setups::retransmissions,
          Setups::slow,
          Calls::onHold);

  private static final List<Speaks> ENDED =
      List.of(
          Calls::oneDirection,
          Acknowledged::lost,
          HangUps::unanswered,
          HangUps::sessionTimer,
          HangUps::cause,
          Setups::media,
          Changes::refusedThenEnded,
          Changes::unanswered,
          Changes::unknown,
          Changes::glare,
          Changes::transfer,
          HangUps::refused,
          Setups::prackMissing,
          Acknowledged::late,
          Setups::retransmissions,
          Setups::slow,
          Setups::crossed,
          Changes::transferred,
          Setups::forks,
          HangUps::limit,
          HangUps::veryLong);

  private static final List<Speaks> CANCELLED = List.of(Setups::oneWay, Setups::prackMissing);

  private static final List<Speaks> REFUSED = List.of(Setups::oneWay, Setups::prackMissing);

  private static final List<Speaks> REQUEST =
      List.of(
          Setups::oneWay,
          Subscribed::notifyRefused,
          Subscribed::notifyUnanswered,
          Changes::transfer,
          Setups::retransmissions,
          Registered::of);

  private Verdicts() {}

  public static Verdict of(Case dialog) {
    return switch (dialog.stage()) {
      case PENDING -> first(PENDING, dialog).orElseGet(() -> Waiting.on(dialog));
      case UP ->
          !dialog.method().equals("SUBSCRIBE")
              ? first(UP, dialog).orElseGet(() -> Calls.up(dialog))
              : first(REQUEST, dialog).orElseGet(() -> Subscribed.on(dialog));
      case ENDED ->
          dialog.isCall()
              ? first(ENDED, dialog).orElseGet(() -> Calls.ended(dialog))
              : first(REQUEST, dialog).orElseGet(() -> request(dialog));
      case CANCELLED -> first(CANCELLED, dialog).orElseGet(() -> Cancelled.of(dialog));
      case REFUSED -> first(REFUSED, dialog).orElseGet(() -> Refused.of(dialog));
    };
  }

  private static Verdict request(Case dialog) {
    return dialog.method().equals("SUBSCRIBE") ? Subscribed.ended(dialog) : Answered.of(dialog);
  }

  private static Optional<Verdict> first(List<Speaks> rules, Case dialog) {
    for (var rule : rules) {
      var verdict = rule.on(dialog);
      if (verdict.isPresent()) {
        return verdict;
      }
    }
    return Optional.empty();
  }
}
