package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.INFO;
import static io.sipscope.protocol.verdict.Verdict.Level.WARN;
import static io.sipscope.protocol.verdict.Words.SECOND;

import java.util.Locale;
import java.util.Optional;

/// Rules on subscriptions (RFC 6665): how they go on and why they end.
final class Subscribed {
  private static final int NORMAL_SENDS = 3;
  private static final long NORMAL_SPAN = 3 * SECOND;

  static final Rule NOTIFY_REFUSED =
      new Rule(
          "notify-refused",
          1,
          WARN,
          "A NOTIFY was refused with a code other than 401, 407 or 491.",
          "Whether the subscriber still knows the subscription (481 ends it) and its event"
              + " package.");

  static final Rule NOTIFY_UNANSWERED =
      new Rule(
          "notify-unanswered",
          1,
          WARN,
          "A NOTIFY was sent four times or more, and never answered.",
          "Whether the subscriber is up and its Contact reachable.");

  static final Rule SUBSCRIPTION_REJECTED =
      new Rule(
          "subscription-rejected",
          1,
          WARN,
          "A NOTIFY ended the subscription for the reason rejected or noresource.",
          "Whether the subscriber may watch that resource, and it exists.");

  static final Rule SUBSCRIPTION_EXPIRED =
      new Rule(
          "subscription-expired",
          1,
          INFO,
          "A NOTIFY ended the subscription for the reason timeout.",
          "If the subscriber did not mean it: why it did not refresh in time.");

  static final Rule SUBSCRIPTION_DEACTIVATED =
      new Rule(
          "subscription-deactivated",
          1,
          INFO,
          "A NOTIFY ended the subscription for the reason deactivated, probation or giveup.",
          "Whether the subscriber subscribes again, as it should.");

  static final Rule SUBSCRIPTION_ENDED =
      new Rule(
          "subscription-ended",
          2,
          INFO,
          "A NOTIFY ended the subscription, for no reason that a rule above names.",
          "");

  static final Rule SUBSCRIBED =
      new Rule("subscribed", 2, INFO, "The subscription was accepted or notified.", "");

  private Subscribed() {}

  static Optional<Verdict> notifyRefused(Case dialog) {
    for (var leg : notifies(dialog)) {
      int status = leg.failureStatus;
      if (status >= 400 && status != 401 && status != 407 && status != 491) {
        var answer = (status + " " + leg.reason).strip();
        return new Telling(
                NOTIFY_REFUSED,
                "NOTIFY refused by " + Words.callee(leg) + ": " + answer,
                "The NOTIFY that "
                    + Words.caller(leg)
                    + " sent was answered with "
                    + answer
                    + (status == 481 ? ": the subscriber no longer knows the subscription." : "."))
            .at(Words.callee(leg))
            .show(dialog.decisive().request(), dialog.method())
            .show(leg.request, "NOTIFY")
            .show(leg.failure, answer)
            .spoken();
      }
    }
    return Optional.empty();
  }

  static Optional<Verdict> notifyUnanswered(Case dialog) {
    for (var leg : notifies(dialog)) {
      if (!leg.answer().happened() && leg.sends() > NORMAL_SENDS && leg.asking() >= NORMAL_SPAN) {
        return new Telling(
                NOTIFY_UNANSWERED,
                "NOTIFY not answered by " + Words.callee(leg),
                Words.caller(leg)
                    + " sent NOTIFY "
                    + Words.times(leg.sends())
                    + " within "
                    + Words.span(leg.asking())
                    + "; no response was captured.")
            .at(Words.callee(leg))
            .show(dialog.decisive().request(), dialog.method())
            .show(leg.request, "NOTIFY")
            .show(leg.clues.requestAgain, "NOTIFY ×" + (leg.sends() - 1))
            .spoken();
      }
    }
    return Optional.empty();
  }

  private static java.util.List<Leg> notifies(Case dialog) {
    return dialog.facts().legs().of("NOTIFY");
  }

  static Verdict ended(Case dialog) {
    var reason = dialog.facts().terminatedReason.toLowerCase(Locale.ROOT);
    var rule =
        switch (reason) {
          case "rejected", "noresource" -> SUBSCRIPTION_REJECTED;
          case "timeout" -> SUBSCRIPTION_EXPIRED;
          case "deactivated", "probation", "giveup" -> SUBSCRIPTION_DEACTIVATED;
          default -> SUBSCRIPTION_ENDED;
        };
    var title =
        switch (rule.name()) {
          case "subscription-rejected" -> "Subscription rejected";
          case "subscription-expired" -> "Subscription expired";
          case "subscription-deactivated" -> "Subscription ended by the notifier";
          default -> "Subscription ended";
        };
    return new Telling(
            rule,
            title,
            "A NOTIFY said that the subscription is terminated"
                + (reason.isEmpty() ? "." : " for the reason " + Words.quoted(reason) + "."))
        .show(dialog.decisive().request(), "SUBSCRIBE")
        .show(dialog.ended(), "terminated")
        .verdict();
  }

  static Verdict on(Case dialog) {
    var notified = dialog.facts().notified();
    return new Telling(
            SUBSCRIBED,
            "Subscribed",
            notified.happened()
                ? "The subscription was notified; its end was not captured."
                : "The subscription was accepted; no NOTIFY was captured.")
        .show(dialog.decisive().request(), "SUBSCRIBE")
        .show(dialog.decisive().success(), "accepted")
        .show(notified, "first NOTIFY")
        .verdict();
  }
}
