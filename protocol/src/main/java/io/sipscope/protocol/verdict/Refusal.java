package io.sipscope.protocol.verdict;

import static io.sipscope.protocol.verdict.Verdict.Level.BAD;
import static io.sipscope.protocol.verdict.Verdict.Level.INFO;
import static io.sipscope.protocol.verdict.Verdict.Level.WARN;

import java.util.List;

/// What a final response above 399 means, and what to look at: RFC 3261 §21, and the RFCs that
/// added codes.
///
/// @param statuses the codes that mean it; empty for what is left of a class
/// @param why one clause in the present tense
record Refusal(List<Integer> statuses, String why, Rule rule) {
  static final Refusal CLIENT =
      of("refused-by-callee-side", 2, WARN, "The request was refused", "What the code says.");
  static final Refusal SERVER =
      of("server-failure", 2, BAD, "A server failed", "The log of the host that failed.");
  static final Refusal GLOBAL =
      of(
          "refused-globally",
          2,
          BAD,
          "The request is refused wherever it goes",
          "What the code says.");

  static final List<Refusal> KNOWN =
      List.of(
          of(
              "bad-request",
              WARN,
              "The request is malformed in the eyes of the host that refused it",
              "The message's headers as that host received them: the ladder marks defects.",
              400),
          of("payment-required", WARN, "The account has no credit", "The account's credit.", 402),
          of(
              "forbidden",
              WARN,
              "The host understood and does not allow it",
              "Permissions of the account or address: barred destination, caller number, ACL.",
              403),
          of(
              "number-unknown",
              WARN,
              "The number or user does not exist there",
              "The number as dialled and as rewritten on the way (Request-URI), and the routing.",
              404,
              604),
          of(
              "number-changed",
              WARN,
              "The number is no longer in use",
              "The number; whoever holds it may have a new one.",
              410),
          of(
              "number-incomplete",
              WARN,
              "The number is too short or has a wrong form",
              "Prefixes and the dial plan that rewrites the Request-URI.",
              484,
              414,
              416),
          of(
              "number-ambiguous",
              WARN,
              "The number means more than one user there",
              "The user part of the Request-URI.",
              485),
          of(
              "method-not-supported",
              WARN,
              "The host does not know or not allow this method",
              "Allow of that host; what sends it this method.",
              405,
              501),
          of(
              "extension-not-supported",
              WARN,
              "The request requires an extension that the host has not, or lacks one it wants",
              "Require and Supported of both sides (100rel, timer, precondition).",
              420,
              421),
          of(
              "timed-out",
              WARN,
              "The next host did not answer in time",
              "Whether the next hop of the host that says so is up and reachable.",
              408),
          of(
              "codec-mismatch",
              WARN,
              "The sides have no codec or kind of media in common",
              "Codec lists, SRTP and T.38 settings of both sides: compare the offer with what the"
                  + " callee takes.",
              488,
              606),
          of(
              "content-not-accepted",
              WARN,
              "The host does not take a body of that type, or answer in the type wanted",
              "Content-Type and Accept.",
              406,
              415),
          of(
              "message-too-large",
              WARN,
              "The message is too large",
              "Size of the message (headers added on the way, many codecs); TCP in place of UDP.",
              413,
              513),
          of(
              "session-interval-refused",
              WARN,
              "The session timer asked for is too short, and no longer one was tried",
              "Session-Expires and Min-SE of both sides (RFC 4028).",
              422),
          of(
              "interval-too-brief",
              WARN,
              "The time asked for is too short, and no longer one was tried",
              "Expires of the client and Min-Expires of the server.",
              423),
          of(
              "identity-refused",
              WARN,
              "The caller's identity is missing or cannot be verified (STIR)",
              "Identity header, its certificate, its date, and the verification service.",
              428,
              436,
              437,
              438),
          of(
              "anonymity-refused",
              WARN,
              "Anonymous calls are not taken",
              "Privacy and caller number settings of the caller.",
              433),
          of(
              "consent-needed",
              WARN,
              "The recipient has not consented, or a referrer is not known",
              "RFC 5360 permissions, Referred-By.",
              429,
              470),
          of(
              "flow-failed",
              WARN,
              "The connection to the phone is gone",
              "Whether the phone keeps its connection alive and registers again (RFC 5626).",
              430,
              439),
          of(
              "unavailable",
              INFO,
              "The callee is not reachable now: not registered, or set to not be disturbed",
              "Whether the callee is registered.",
              480),
          of(
              "dialog-not-found",
              WARN,
              "The host does not know the dialog or transaction",
              "Whether it was restarted, or the request went to another host of a cluster.",
              481),
          of(
              "loop-detected",
              BAD,
              "The request came back to a host it had passed",
              "The routing: two hosts likely send this number to each other.",
              482),
          of(
              "too-many-hops",
              BAD,
              "Max-Forwards ran out: the request likely runs in circles",
              "The routing between the hosts of its Via headers.",
              483,
              440),
          of("busy", INFO, "The callee is busy", "", 486, 600),
          of(
              "bad-event",
              WARN,
              "The host does not know the event package",
              "Event of the request and Allow-Events of the host.",
              489),
          of(
              "request-pending",
              WARN,
              "The host still works on an earlier request of this dialog",
              "Whether the client tries again after its pause.",
              491),
          of(
              "security-refused",
              WARN,
              "The body cannot be decrypted, or a security agreement is wanted",
              "S/MIME and Security-Client settings.",
              493,
              494),
          of(
              "server-error",
              BAD,
              "A server failed inside",
              "The log of the host that failed, at that time.",
              500),
          of(
              "bad-gateway",
              BAD,
              "A gateway got an unusable answer from behind it",
              "The next hop of the host that says so.",
              502),
          of(
              "service-unavailable",
              BAD,
              "A server is overloaded, in maintenance, or has no route that is up",
              "Load and routes (gateways down?) of the host that says so; Retry-After.",
              503),
          of(
              "server-timeout",
              BAD,
              "A server behind did not answer in time",
              "DNS and the next hop of the host that says so.",
              504),
          of(
              "version-not-supported",
              BAD,
              "The host does not speak this version of SIP",
              "The first line of the request.",
              505),
          of(
              "precondition-failed",
              WARN,
              "A precondition of the call cannot be met",
              "QoS preconditions of both sides (RFC 3312).",
              580),
          of("declined", INFO, "The callee declined the call", "", 603),
          of(
              "rejected-as-unwanted",
              WARN,
              "The call was taken for an unwanted one",
              "Reputation of the caller's number at analytics services (RFC 8197, RFC 8688).",
              607,
              608));

  private static Refusal of(
      String name,
      int version,
      Verdict.Level level,
      String why,
      String check,
      Integer... statuses) {
    var codes = List.of(statuses);
    var when =
        codes.isEmpty()
            ? "The last attempt was refused with a code of this class that no rule above names."
            : "The last attempt was answered with "
                + String.join(" or ", codes.stream().map(String::valueOf).toList())
                + ".";
    return new Refusal(codes, why, new Rule(name, version, level, when, check));
  }

  private static Refusal of(
      String name, Verdict.Level level, String why, String check, Integer... statuses) {
    return of(name, 1, level, why, check, statuses);
  }

  static Refusal of(int status) {
    for (var refusal : KNOWN) {
      for (int code : refusal.statuses) {
        if (code == status) {
          return refusal;
        }
      }
    }
    return status < 500 ? CLIENT : status < 600 ? SERVER : GLOBAL;
  }
}
