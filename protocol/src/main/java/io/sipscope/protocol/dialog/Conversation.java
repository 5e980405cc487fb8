package io.sipscope.protocol.dialog;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.link.LinkRules;
import io.sipscope.protocol.link.Links;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import io.sipscope.protocol.verdict.Attempt;
import io.sipscope.protocol.verdict.Facts;
import io.sipscope.protocol.verdict.Moment;
import io.sipscope.protocol.verdict.Sight;
import io.sipscope.protocol.verdict.Verdicts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What is remembered of a dialog between its messages: a bounded summary, not the messages.
/// Mutable, as one actor owns it and folds every message into it.
///
/// Messages arrive late, twice and out of order; what they add up to is the same in every order,
/// as long as there are no more of a kind than is remembered.
public final class Conversation {
  /// How many endpoints, tags and agents of one dialog are remembered by name.
  public static final int MAX_ENDPOINTS = 16;

  private static final long SECOND = 1_000_000_000L;

  /// How long a call may ring in silence: Timer C (RFC 3261 §16.6).
  static final long CALL_SETUP = 180 * SECOND;

  /// How long any other request waits for its answer: 64*T1 (RFC 3261 §17.1.2.2).
  static final long ANSWER = 32 * SECOND;

  /// How long a call may go on without a message. Session timers (RFC 4028) would speak every half
  /// an hour; without them a call of twelve hours has rather lost its BYE.
  private static final long SILENCE = 12 * 3600 * SECOND;

  private final Sightings sightings = new Sightings();
  private final Facts facts = new Facts(MAX_ENDPOINTS);
  private final Optional<Ledger> ledger;
  private final KnownLinks links = new KnownLinks();
  private final LinkRules rules;
  private final Firsts<Endpoint> addresses = new Firsts<>(MAX_ENDPOINTS);
  private final Firsts<Agent> agents = new Firsts<>(MAX_ENDPOINTS);
  private Optional<Origin> origin = Optional.empty();
  private long messages;
  private long retransmissions;
  private long startedAt = Long.MAX_VALUE;
  private long updatedAt = Long.MIN_VALUE;

  public Conversation() {
    this(LinkRules.DEFAULT);
  }

  /// @param rules what other legs of a call are found by
  public Conversation(LinkRules rules) {
    this(Optional.empty(), rules);
  }

  private Conversation(Optional<Ledger> ledger, LinkRules rules) {
    this.ledger = ledger;
    this.rules = rules;
  }

  /// One that keeps what statistics count: who folds bursts into it has to [#settle] after each.
  public static Conversation accounted(LinkRules rules) {
    return new Conversation(Optional.of(new Ledger()), rules);
  }

  /// The same, with what other legs are found by where nobody said otherwise.
  public static Conversation accounted() {
    return accounted(LinkRules.DEFAULT);
  }

  /// Takes a capture in and says what it is. A duplicate changes nothing.
  public Seen observe(Capture capture) {
    var fingerprint = Fingerprint.of(capture);
    var seen = sightings.seen(fingerprint);
    if (seen == Seen.DUPLICATE) {
      return seen;
    }
    sightings.add(fingerprint);
    messages++;
    retransmissions += seen == Seen.RETRANSMISSION ? 1 : 0;
    long time = capture.time();
    startedAt = Math.min(startedAt, time);
    updatedAt = Math.max(updatedAt, time);
    addresses.see(capture.source(), time, 0);
    addresses.see(capture.destination(), time, 1);
    if (!capture.agent().equals(Agent.NONE)) {
      agents.see(capture.agent(), time, 0);
    }
    if (SipParser.parse(capture.sip()) instanceof SipMessage message) {
      var moment = new Moment(time, messages);
      facts.observe(
          message,
          new Sight(moment, capture.source(), capture.destination(), seen == Seen.RETRANSMISSION));
      ledger.ifPresent(open -> open.observe(message, moment, seen));
      links.see(Links.of(message, rules), time);
      learnOrigin(capture, message, fingerprint);
    }
    return seen;
  }

  private void learnOrigin(Capture capture, SipMessage message, Fingerprint fingerprint) {
    boolean telling =
        origin.isEmpty() || origin.get().yieldsTo(Origin.rank(message), capture.time());
    if (telling) {
      var fromTag = facts.see(message.fromTag(), capture.time());
      var other = Origin.of(capture, message, fromTag, fingerprint.sighting());
      origin = Optional.of(origin.map(known -> known.better(other)).orElse(other));
    }
  }

  /// How many messages were taken in.
  public long messages() {
    return messages;
  }

  /// Its latest transactions, and those of the last burst; none when it does not keep them.
  public List<Transaction> transactions() {
    return ledger.map(Ledger::transactions).orElse(List.of());
  }

  /// Whether an answer to an INVITE was acknowledged (RFC 3261 §13.2.2.4).
  public boolean acknowledged() {
    return facts.acknowledged();
  }

  /// Whether a BYE was answered with a 2xx; false when it does not keep that.
  public boolean byeAnswered() {
    return ledger.isPresent() && ledger.get().byeAnswered();
  }

  /// A burst ends here: transactions too old to change any more are forgotten.
  ///
  /// @return how many were: the first of [#transactions]
  public int settle() {
    return ledger.map(Ledger::settle).orElse(0);
  }

  /// What other legs of the call may be found by: tokens, a few at most.
  public List<String> links() {
    return links.tokens();
  }

  /// What it adds up to by now; only for a conversation with at least one message.
  public DialogSummary summary() {
    var start = origin.orElseGet(() -> Origin.unknown(addresses.list(), startedAt));
    var outcome = Outcome.of(start, facts);
    var timings = Timings.of(start, outcome);
    return new DialogSummary(
        start.callId(),
        startedAt,
        updatedAt,
        outcome.ended().happened() ? OptionalLong.of(outcome.ended().time()) : OptionalLong.empty(),
        outcome.phase(),
        expiresAt(start, outcome),
        start.method(),
        start.caller(),
        start.callee(),
        start.fromTag(),
        facts.tags().others(start.fromTag()),
        start.ruri(),
        start.source(),
        start.destination(),
        addresses.list(),
        start.userAgent(),
        status(outcome.decisive()),
        messages,
        retransmissions,
        timings.setup(),
        timings.ring(),
        timings.duration(),
        agents.list(),
        Verdicts.of(outcome.told(start, facts)));
  }

  private static OptionalInt status(Attempt decisive) {
    if (decisive.success().happened()) {
      return OptionalInt.of(decisive.successStatus());
    }
    return decisive.isFailed()
        ? OptionalInt.of(decisive.failed().failureStatus())
        : OptionalInt.empty();
  }

  private OptionalLong expiresAt(Origin start, Outcome outcome) {
    return switch (outcome.phase()) {
      case TERMINATED, FAILED, CANCELLED, EXPIRED -> OptionalLong.empty();
      case CONFIRMED -> OptionalLong.of(updatedAt + SILENCE);
      case EARLY, TRYING ->
          OptionalLong.of(updatedAt + (start.method().equals("INVITE") ? CALL_SETUP : ANSWER));
    };
  }
}
