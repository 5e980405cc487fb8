package io.sipscope.protocol.dialog;

import io.sipscope.protocol.sip.SipMessage;

/// One hop of one transaction (RFC 3261 §17): a request under one Via branch and its responses, as
/// facts that come out the same in whatever order the messages arrive.
final class Leg {
  /// Longer reason phrases are cut: a summary is bounded.
  private static final int MAX_REASON = 80;

  final String method;
  final long cseq;
  private final int branch;

  /// How many Via values: 1 is the hop at the sender.
  final int hops;

  Moment first = Moment.NEVER;
  Moment request = Moment.NEVER;
  Moment provisional = Moment.NEVER;
  Moment early = Moment.NEVER;
  Moment ringing = Moment.NEVER;
  Moment success = Moment.NEVER;
  Moment failure = Moment.NEVER;
  int successStatus;
  int failureStatus;
  String reason = "";

  /// How often the request was seen.
  int requests;

  /// The request has a To-tag: it changes a dialog and creates none.
  boolean inDialog;

  Leg(SipMessage message) {
    method = method(message);
    cseq = message.cseq().number();
    branch = message.branch().hashCode();
    hops = message.hops();
  }

  /// The branch by its hash alone: with method and CSeq of one dialog that is enough.
  boolean isOf(SipMessage message) {
    var that = message.cseq();
    return cseq == that.number()
        && method.equals(method(message))
        && branch == message.branch().hashCode();
  }

  /// The method of the transaction: a response has it in its CSeq.
  private static String method(SipMessage message) {
    return message.isRequest() ? message.method() : message.cseq().method();
  }

  void observe(SipMessage message, Moment moment) {
    first = first.earlier(moment);
    int status = message.status();
    if (message.isRequest()) {
      request = request.earlier(moment);
      requests++;
      inDialog |= !message.toTag().isEmpty();
    } else if (status >= 300) {
      if (isEarlier(moment, status, failure, failureStatus)) {
        failure = moment;
        failureStatus = status;
        var text = message.reason();
        reason = text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text;
      }
    } else if (status >= 200) {
      if (isEarlier(moment, status, success, successStatus)) {
        success = moment;
        successStatus = status;
      }
    } else if (status >= 100) {
      provisional = provisional.earlier(moment);
      early = status > 100 ? early.earlier(moment) : early;
      ringing = status == 180 || status == 183 ? ringing.earlier(moment) : ringing;
    }
  }

  private static boolean isEarlier(Moment moment, int status, Moment known, int knownStatus) {
    return moment.time() < known.time() || (moment.time() == known.time() && status < knownStatus);
  }
}
