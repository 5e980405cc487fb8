package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.BAD;
import static io.sipscope.protocol.verdict.Verdict.Level.INFO;
import static io.sipscope.protocol.verdict.Verdict.Level.WARN;
import static io.sipscope.protocol.verdict.Words.SECOND;

import java.util.Optional;

/// Rules on requests without a final response, and on those that got none in time: the messages
/// tell which, not the clock.
final class Waiting {
  /// A client that has sent this often has waited for 31.5 s, or for its Timer B or F (RFC 3261
  /// §17.1): 7 INVITEs, 11 of anything else.
  private static final int GIVES_UP_INVITE = 7;

  private static final int GIVES_UP = 11;
  private static final int NORMAL_SENDS = 3;
  private static final long TIMER_B = 28 * SECOND;

  static final Rule UNREADABLE =
      new Rule(
          "unreadable",
          1,
          INFO,
          "No message of the dialog could be read as SIP.",
          "The bytes of the messages, and what the agent sends.");

  static final Rule FRAGMENT =
      new Rule(
          "fragment",
          1,
          INFO,
          "Nothing but ACK or CANCEL was captured.",
          "Whether agents capture at every hop the call takes, and since when.");

  static final Rule RINGING =
      new Rule(
          "ringing", 2, INFO, "180 or 183 was seen, and no final response was captured yet.", "");

  static final Rule EARLY_MEDIA =
      new Rule(
          "early-media",
          1,
          INFO,
          "A provisional response with a session description was seen, and no final response was"
              + " captured yet.",
          "");

  static final Rule IN_PROGRESS =
      new Rule(
          "in-progress",
          2,
          INFO,
          "A provisional response was seen, none that announces ringing, and no final one yet.",
          "");

  static final Rule CANCELLING =
      new Rule(
          "cancelling",
          1,
          INFO,
          "CANCEL was sent, and no final response to the INVITE was captured yet.",
          "");

  static final Rule NEXT_HOP_SILENT =
      new Rule(
          "next-hop-silent",
          1,
          WARN,
          "A proxy answered 100 and sent the request on four times or more, and nobody behind it"
              + " answered yet.",
          "Whether the host behind the proxy is up and reachable, and no other route is left.");

  static final Rule NO_RESPONSE =
      new Rule(
          "no-response",
          2,
          WARN,
          "A request was seen, and no response to it yet.",
          "Whether the destination is up and reachable, and captured in both directions.");

  static final Rule NO_RESPONSE_IN_TIME =
      new Rule(
          "no-response-in-time",
          1,
          BAD,
          "A request was repeated until its sender had to give up (32 s), and nobody answered.",
          "Whether the destination is up, its address and port are right, and no firewall drops"
              + " the packets.");

  static final Rule KEEPALIVE_UNANSWERED =
      new Rule(
          "keepalive-unanswered",
          1,
          BAD,
          "OPTIONS was repeated until its sender had to give up, and nobody answered.",
          "Whether the host that was asked is up and reachable.");

  static final Rule REGISTRATION_UNANSWERED =
      new Rule(
          "registration-unanswered",
          1,
          BAD,
          "REGISTER was repeated until the phone had to give up, and nobody answered.",
          "Whether the registrar is up and reachable from the phone.");

  private Waiting() {}

  static Optional<Verdict> unreadable(Case dialog) {
    return dialog.method().isEmpty()
        ? new Telling(
                UNREADABLE, "Cannot be read", "No message of it could be read as a SIP message.")
            .spoken()
        : Optional.empty();
  }

  static Optional<Verdict> fragment(Case dialog) {
    if (!dialog.attempts().isEmpty()) {
      return Optional.empty();
    }
    var telling =
        new Telling(
            FRAGMENT,
            "Only a part was captured",
            "Nothing but " + dialog.method() + " was captured: what it belongs to was not.");
    for (var leg : dialog.facts().companions.all()) {
      telling.show(leg.first, leg.method);
    }
    return telling.spoken();
  }

  static Optional<Verdict> cancelling(Case call) {
    for (var leg : call.decisive().nearest()) {
      var cancel = Cancelled.cancelOf(leg, call);
      if (cancel.isPresent()) {
        return new Telling(
                CANCELLING,
                "Cancelled, no final response yet",
                "CANCEL was sent"
                    + call.afterDecisive(cancel.get().request)
                    + "; no final response to the INVITE was captured.")
            .show(call.decisive().request(), "INVITE")
            .show(cancel.get().request, "CANCEL")
            .spoken();
      }
    }
    return Optional.empty();
  }

  static Optional<Verdict> silentHop(Case dialog) {
    var decisive = dialog.decisive();
    var silent = silent(decisive);
    if (silent.isEmpty() || !decisive.provisional().happened() || decisive.early().happened()) {
      return Optional.empty();
    }
    var leg = silent.get();
    return new Telling(
            NEXT_HOP_SILENT,
            "No response yet from " + Words.callee(leg),
            Words.caller(leg)
                + " sent "
                + leg.method
                + " on to it "
                + Words.times(leg.sends())
                + " within "
                + Words.span(leg.asking())
                + "; no response was captured.")
        .at(Words.callee(leg))
        .show(decisive.request(), dialog.method())
        .show(leg.request, leg.method + " sent on")
        .show(leg.clues.requestAgain, leg.method + " ×" + (leg.sends() - 1))
        .spoken();
  }

  /// The hop behind a proxy on which a request was repeated and never answered, if nobody there
  /// answered anything.
  static Optional<Leg> silent(Attempt attempt) {
    Leg silent = null;
    for (var leg : attempt.legs()) {
      if (!attempt.nearest().contains(leg)) {
        if (leg.answer().happened()) {
          return Optional.empty();
        }
        silent =
            leg.sends() > NORMAL_SENDS && (silent == null || leg.hops > silent.hops) ? leg : silent;
      }
    }
    return Optional.ofNullable(silent);
  }

  static Verdict on(Case dialog) {
    var decisive = dialog.decisive();
    var request = decisive.request();
    if (decisive.ringing().happened()) {
      var media = earlyMedia(decisive);
      return media.happened()
          ? new Telling(
                  EARLY_MEDIA,
                  "Early media, not answered yet",
                  "The callee's side plays something before it answers (a tone, an announcement);"
                      + " no final response was captured.")
              .show(request, dialog.method())
              .show(media, "early media")
              .verdict()
          : new Telling(
                  RINGING,
                  "Ringing, not answered yet",
                  "The callee's side announced ringing; no final response was captured.")
              .show(request, dialog.method())
              .show(decisive.ringing(), "ringing")
              .verdict();
    }
    if (decisive.provisional().happened()) {
      return new Telling(
              IN_PROGRESS,
              "In progress",
              dialog.method() + " was received by the other side; no final response was captured.")
          .show(request, dialog.method())
          .show(decisive.provisional(), "provisional response")
          .verdict();
    }
    return silence(dialog);
  }

  static Moment earlyMedia(Attempt attempt) {
    var media = Moment.NEVER;
    for (var leg : attempt.nearest()) {
      media = media.earlier(leg.clues.earlyMedia);
    }
    return media;
  }

  private static Verdict silence(Case dialog) {
    var decisive = dialog.decisive();
    Leg asked = null;
    for (var leg : decisive.nearest()) {
      asked = asked == null || leg.sends() > asked.sends() ? leg : asked;
    }
    int sends = asked == null ? decisive.requests() : asked.sends();
    var who = asked == null || !asked.request.happened() ? "" : Words.callee(farthest(decisive));
    boolean gaveUp =
        asked != null
            && (sends >= (dialog.isCall() ? GIVES_UP_INVITE : GIVES_UP)
                || (sends > 1 && asked.asking() >= TIMER_B));
    var detail =
        dialog.method()
            + " was seen "
            + Words.times(sends)
            + (asked == null || sends < 2 ? "" : " within " + Words.span(asked.asking()))
            + "; no response was captured.";
    return new Telling(
            gaveUp ? givenUp(dialog.method()) : NO_RESPONSE,
            "No response" + (who.isEmpty() ? "" : " from " + who),
            detail)
        .at(who)
        .show(decisive.request(), dialog.method())
        .show(
            asked == null ? Moment.NEVER : asked.clues.requestAgain,
            dialog.method() + (sends == 2 ? " again" : " ×" + (sends - 1)))
        .show(decisive.first(), "first message seen")
        .verdict();
  }

  private static Rule givenUp(String method) {
    return switch (method) {
      case "OPTIONS" -> KEEPALIVE_UNANSWERED;
      case "REGISTER" -> REGISTRATION_UNANSWERED;
      default -> NO_RESPONSE_IN_TIME;
    };
  }

  /// The hop that was reached last: behind it nothing was heard of.
  private static Leg farthest(Attempt attempt) {
    var farthest = attempt.legs().getFirst();
    for (var leg : attempt.legs()) {
      farthest = leg.hops > farthest.hops ? leg : farthest;
    }
    return farthest;
  }
}
