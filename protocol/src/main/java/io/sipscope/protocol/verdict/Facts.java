package io.sipscope.protocol.verdict;

import io.sipscope.protocol.sip.SipMessage;

/// What the messages of a dialog say, its transactions among it. Every fact is a minimum, a
/// maximum, a count or a set, so that it comes out the same in whatever order they arrive.
public final class Facts {
  /// Longer tags are cut: a summary is bounded.
  private static final int MAX_TAG = 512;

  /// ACKs and CANCELs: those of a forked call through a few proxies.
  private static final int MAX_COMPANIONS = 16;

  private static final int MAX_WORD = 40;
  private static final String TERMINATED = "terminated";
  private static final String REASON = "reason=";
  private static final String SIPFRAG = "message/sipfrag";
  private static final String STATUS_LINE = "SIP/2.0 ";

  private final Legs legs = new Legs();
  private final Tags tags;

  /// What belongs to another transaction and has no answer that decides: ACK and CANCEL.
  final Legs companions = new Legs(MAX_COMPANIONS);

  private Moment bye = Moment.NEVER;
  private String byeFromTag = "";
  private Moment cancel = Moment.NEVER;

  /// The first NOTIFY, and the first that ends its subscription (RFC 6665 §4.1.3).
  Moment notify = Moment.NEVER;

  private Moment notifyTerminated = Moment.NEVER;

  /// Why it was ended, in its word; empty when it did not say.
  String terminatedReason = "";

  /// What the newest NOTIFY of a transfer says of it (RFC 3515 §2.4.5); 0 when there is none.
  Moment transfer = Moment.NEVER;

  int transferStatus;

  /// How many requests and responses there are.
  int requests;

  int responses;

  /// @param mostTags how many tags are remembered
  public Facts(int mostTags) {
    tags = new Tags(mostTags);
  }

  /// Whether an answer to an INVITE was acknowledged (RFC 3261 §13.2.2.4).
  public boolean acknowledged() {
    for (var ack : companions.all()) {
      if (ack.method.equals("ACK") && isAnswered(ack.cseq)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAnswered(long cseq) {
    for (var leg : legs.of("INVITE")) {
      if (leg.cseq == cseq && leg.success.happened()) {
        return true;
      }
    }
    return false;
  }

  public void observe(SipMessage message, Sight sight) {
    var moment = sight.moment();
    var fromTag = see(message.fromTag(), moment.time());
    var toTag = see(message.toTag(), moment.time());
    requests += message.isRequest() ? 1 : 0;
    responses += message.isRequest() ? 0 : 1;
    switch (Leg.method(message)) {
      case "ACK" -> companions.observe(message, sight);
      case "CANCEL" -> {
        cancel = cancel.earlier(moment);
        companions.observe(message, sight);
      }
      case "BYE" -> {
        bye(fromTag, toTag, moment);
        legs.observe(message, sight);
      }
      case "INVITE" -> {
        if (isSuccess(message) && !toTag.isEmpty()) {
          tags.answered(toTag, moment.time());
        }
        legs.observe(message, sight);
      }
      case "NOTIFY" -> {
        notify(message, moment);
        legs.observe(message, sight);
      }
      default -> legs.observe(message, sight);
    }
  }

  /// A tag, as it is kept here: one text a tag is enough for all who keep it.
  public String see(String tag, long time) {
    return tags.see(Leg.cut(tag, MAX_TAG), time);
  }

  private void bye(String fromTag, String toTag, Moment moment) {
    if (moment.time() < bye.time()) {
      bye = moment;
      byeFromTag = fromTag;
    }
    if (!fromTag.isEmpty()) {
      tags.bye(fromTag, moment);
    }
    if (!toTag.isEmpty()) {
      tags.bye(toTag, moment);
    }
  }

  private void notify(SipMessage message, Moment moment) {
    notify = notify.earlier(moment);
    if (!message.isRequest()) {
      return;
    }
    var state = message.header("Subscription-State").orElse("");
    if (state.regionMatches(true, 0, TERMINATED, 0, TERMINATED.length())
        && moment.time() < notifyTerminated.time()) {
      notifyTerminated = moment;
      terminatedReason = reason(state);
    }
    if (message.contentType().regionMatches(true, 0, SIPFRAG, 0, SIPFRAG.length())
        && (!transfer.happened() || moment.time() > transfer.time())) {
      transfer = moment;
      transferStatus = status(message);
    }
  }

  private static String reason(String state) {
    int at = state.indexOf(REASON);
    int from = at + REASON.length();
    int end = at < 0 ? -1 : state.indexOf(';', from);
    return at < 0
        ? ""
        : Leg.cut(state.substring(from, end < 0 ? state.length() : end).strip(), MAX_WORD);
  }

  /// Of the status line that the body begins with; 0 when it does not.
  private static int status(SipMessage message) {
    var body = message.body();
    int digits = STATUS_LINE.length();
    if (body.length() < digits + 3 || !body.latin1(0, digits).equalsIgnoreCase(STATUS_LINE)) {
      return 0;
    }
    int status = 0;
    for (int i = digits; i < digits + 3; i++) {
      int digit = body.at(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      status = status * 10 + digit;
    }
    return status;
  }

  private static boolean isSuccess(SipMessage message) {
    return message.status() >= 200 && message.status() < 300;
  }

  public Legs legs() {
    return legs;
  }

  public Tags tags() {
    return tags;
  }

  /// The first BYE.
  public Moment bye() {
    return bye;
  }

  /// Who sent the first BYE.
  String byeFromTag() {
    return byeFromTag;
  }

  public Moment cancel() {
    return cancel;
  }

  public Moment notified() {
    return notify;
  }

  public Moment notifyTerminated() {
    return notifyTerminated;
  }
}
