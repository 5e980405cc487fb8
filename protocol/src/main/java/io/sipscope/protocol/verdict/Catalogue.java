package io.sipscope.protocol.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every rule there is, by what it is about, and in that by precedence: of the rules whose case it
/// is, the first speaks.
public final class Catalogue {
  /// Rules of one kind of dialog, or of one stage of it.
  ///
  /// @param about a heading
  public record Chapter(String about, List<Rule> rules) {}

  private static final List<Chapter> CHAPTERS =
      List.of(
          new Chapter(
              "Answered calls",
              List.of(
                  Calls.ONE_DIRECTION_CAPTURED,
                  Acknowledged.PRIVATE_CONTACT,
                  Acknowledged.ACK_MISSING,
                  Acknowledged.ACK_NOT_HEARD,
                  HangUps.BYE_TO_PRIVATE_CONTACT,
                  HangUps.BYE_UNANSWERED,
                  HangUps.SESSION_TIMER_EXPIRED,
                  HangUps.ENDED_WITH_CAUSE,
                  Setups.CODEC_MISMATCH_IN_ANSWER,
                  Setups.MEDIA_REFUSED,
                  Setups.FORKED_ANSWERS_OPEN,
                  Changes.ENDED_AFTER_REFUSED_CHANGE,
                  Changes.IN_DIALOG_UNANSWERED,
                  Changes.DIALOG_UNKNOWN,
                  Changes.GLARE_UNRESOLVED,
                  Changes.TRANSFER_FAILED,
                  Changes.TRANSFER_REFUSED,
                  HangUps.BYE_REFUSED,
                  Setups.PRACK_MISSING,
                  Acknowledged.ANSWER_REPEATED,
                  Setups.RETRANSMISSIONS,
                  Setups.SLOW_SETUP,
                  Setups.CANCEL_CROSSED_ANSWER,
                  Changes.TRANSFERRED,
                  Setups.FORKED_ANSWERS,
                  HangUps.CALL_LIMIT_REACHED,
                  HangUps.VERY_LONG_CALL,
                  Calls.ON_HOLD,
                  Calls.IN_CALL,
                  Calls.JOINED_MIDSTREAM,
                  Calls.ENDED_UNSEEN_ANSWER,
                  Calls.ANSWERED_AND_ENDED)),
          new Chapter(
              "No final response",
              List.of(
                  Waiting.UNREADABLE,
                  Waiting.FRAGMENT,
                  Setups.ONE_WAY_SIGNALLING,
                  Waiting.CANCELLING,
                  Waiting.NEXT_HOP_SILENT,
                  Waiting.EARLY_MEDIA,
                  Waiting.RINGING,
                  Waiting.IN_PROGRESS,
                  Waiting.KEEPALIVE_UNANSWERED,
                  Waiting.REGISTRATION_UNANSWERED,
                  Waiting.NO_RESPONSE_IN_TIME,
                  Waiting.NO_RESPONSE)),
          new Chapter(
              "Given up before the answer",
              List.of(
                  Cancelled.ANSWERED_ELSEWHERE,
                  Cancelled.NO_ANSWER,
                  Cancelled.CANCELLED_BEFORE_RINGING,
                  Cancelled.CANCELLED)),
          new Chapter(
              "Challenged and redirected",
              List.of(
                  Challenged.NONCE_LOOP,
                  Challenged.AUTHENTICATION_LOOP,
                  Challenged.AUTHENTICATION_FAILED,
                  Challenged.CHALLENGED,
                  Refused.USE_PROXY,
                  Refused.ALTERNATIVE_SERVICE,
                  Refused.REDIRECTED)),
          new Chapter("Refused", refusals()),
          new Chapter(
              "Registrations, subscriptions and other requests",
              List.of(
                  Subscribed.NOTIFY_REFUSED,
                  Subscribed.NOTIFY_UNANSWERED,
                  Registered.REGISTRATION_LOST,
                  Registered.DEREGISTERED,
                  Registered.REGISTRATION_REFRESHED,
                  Registered.REGISTRATION_ACCEPTED,
                  Subscribed.SUBSCRIPTION_REJECTED,
                  Subscribed.SUBSCRIPTION_EXPIRED,
                  Subscribed.SUBSCRIPTION_DEACTIVATED,
                  Subscribed.SUBSCRIPTION_ENDED,
                  Subscribed.SUBSCRIBED,
                  Answered.KEEPALIVE_ANSWERED,
                  Answered.REQUEST_ANSWERED)));

  private static final List<Rule> RULES =
      CHAPTERS.stream().flatMap(chapter -> chapter.rules().stream()).toList();

  private static final Map<String, Rule> BY_NAME = byName();

  private Catalogue() {}

  private static List<Rule> refusals() {
    var rules =
        new ArrayList<>(
            List.of(
                Refused.FORBIDDEN_AFTER_CREDENTIALS,
                Refused.REGISTRATION_FORBIDDEN,
                Refused.REGISTRATION_UNKNOWN_USER,
                Refused.REGISTRAR_FAILED,
                Refused.KEEPALIVE_ANSWERED_WITH_ERROR,
                Refused.SUBSCRIPTION_REFUSED,
                Refused.MESSAGE_REFUSED,
                Refused.PUBLISH_REFUSED));
    for (var refusal : Refusal.KNOWN) {
      rules.add(refusal.rule());
    }
    rules.add(Refused.REGISTRATION_REFUSED);
    rules.add(Refusal.CLIENT.rule());
    rules.add(Refusal.SERVER.rule());
    rules.add(Refusal.GLOBAL.rule());
    return List.copyOf(rules);
  }

  private static Map<String, Rule> byName() {
    var byName = new LinkedHashMap<String, Rule>();
    RULES.forEach(rule -> byName.put(rule.name(), rule));
    return Map.copyOf(byName);
  }

  public static List<Chapter> chapters() {
    return CHAPTERS;
  }

  /// In the order of precedence.
  public static List<Rule> rules() {
    return RULES;
  }

  /// What a verdict that this rule gave, in whatever version, says to look at; empty when there is
  /// nothing, or no such rule any more.
  public static Optional<String> check(String rule) {
    return Optional.ofNullable(BY_NAME.get(rule)).map(Rule::check).filter(text -> !text.isEmpty());
  }
}
