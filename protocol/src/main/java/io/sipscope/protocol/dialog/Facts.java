package io.sipscope.protocol.dialog;

import io.sipscope.protocol.sip.SipMessage;

/// What the messages of a dialog say beyond their transactions. Every fact is a minimum or a set,
/// so that it comes out the same in whatever order they arrive.
final class Facts {
  final Legs legs = new Legs();
  final Tags tags = new Tags(Conversation.MAX_ENDPOINTS);

  Moment bye = Moment.NEVER;
  String byeFromTag = "";
  Moment cancel = Moment.NEVER;

  /// The first NOTIFY, and the first that ends its subscription (RFC 6665 §4.1.3).
  Moment notify = Moment.NEVER;

  Moment notifyTerminated = Moment.NEVER;

  void observe(SipMessage message, Moment moment) {
    var fromTag = tags.see(Origin.cut(message.fromTag()), moment.time());
    var toTag = tags.see(Origin.cut(message.toTag()), moment.time());
    switch (message.isRequest() ? message.method() : message.cseq().method()) {
      case "ACK" -> {}
      case "CANCEL" -> cancel = cancel.earlier(moment);
      case "BYE" -> {
        bye(fromTag, toTag, moment);
        legs.observe(message, moment);
      }
      case "INVITE" -> {
        if (isSuccess(message) && !toTag.isEmpty()) {
          tags.answered(toTag, moment.time());
        }
        legs.observe(message, moment);
      }
      case "NOTIFY" -> {
        notify(message, moment);
        legs.observe(message, moment);
      }
      default -> legs.observe(message, moment);
    }
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
    if (message
        .header("Subscription-State")
        .filter(state -> state.regionMatches(true, 0, "terminated", 0, "terminated".length()))
        .isPresent()) {
      notifyTerminated = notifyTerminated.earlier(moment);
    }
  }

  private static boolean isSuccess(SipMessage message) {
    return message.status() >= 200 && message.status() < 300;
  }
}
