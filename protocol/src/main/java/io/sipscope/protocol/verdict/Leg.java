package io.sipscope.protocol.verdict;

import io.sipscope.protocol.sip.SipMessage;

/// One hop of one transaction (RFC 3261 §17): a request under one Via branch and its responses, as
/// facts that come out the same in whatever order the messages arrive.
public final class Leg {
  /// Longer reason phrases are cut: a summary is bounded.
  private static final int MAX_REASON = 80;

  final String method;
  final long cseq;
  private final int branch;

  /// What rules want to know of it besides; [Clues#NONE] where nobody asks for that.
  final Clues clues;

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

  /// One for statistics, which ask for no clues.
  public Leg(SipMessage message) {
    this(message, method(message), message.cseq().number(), branch(message), Clues.NONE);
  }

  Leg(SipMessage message, String method, long cseq, int branch, Clues clues) {
    this.method = method;
    this.cseq = cseq;
    this.branch = branch;
    this.clues = clues;
    hops = message.hops();
  }

  /// The branch by its hash alone: with method and CSeq of one dialog that is enough.
  public boolean isOf(SipMessage message) {
    return isOf(method(message), message.cseq().number(), branch(message));
  }

  boolean isOf(String otherMethod, long otherCseq, int otherBranch) {
    return cseq == otherCseq && branch == otherBranch && method.equals(otherMethod);
  }

  /// Whether this is the CANCEL of that INVITE: they share their branch (RFC 3261 §9.1).
  boolean isOnBranchOf(Leg other) {
    return branch == other.branch && cseq == other.cseq;
  }

  /// The method of the transaction: a response has it in its CSeq.
  static String method(SipMessage message) {
    return message.isRequest() ? message.method() : message.cseq().method();
  }

  static int branch(SipMessage message) {
    return message.branch().hashCode();
  }

  void observe(SipMessage message, Sight sight) {
    int status = message.status();
    if (message.isRequest()) {
      clues.request(message, method, sight, request);
    } else if (status >= 300) {
      clues.failure(message, sight, isEarlier(sight.moment(), status, failure, failureStatus));
    } else if (status >= 200) {
      clues.success(message, method, sight, success);
    } else if (status > 100) {
      clues.provisional(message, method, sight);
    }
    clues.place(sight, message.isRequest());
    observe(message, sight.moment());
  }

  public void observe(SipMessage message, Moment moment) {
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
        reason = cut(message.reason(), MAX_REASON);
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

  static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }

  private static boolean isEarlier(Moment moment, int status, Moment known, int knownStatus) {
    return moment.time() < known.time() || (moment.time() == known.time() && status < knownStatus);
  }

  public boolean isInDialog() {
    return inDialog;
  }

  public Moment failure() {
    return failure;
  }

  public int failureStatus() {
    return failureStatus;
  }

  public int successStatus() {
    return successStatus;
  }

  /// The first response of any kind.
  Moment answer() {
    return provisional.earlier(success).earlier(failure);
  }

  boolean isFinal() {
    return success.happened() || failure.happened();
  }

  /// How often the sender sent the request, however many agents saw it.
  int sends() {
    return times(requests, clues.resentRequests);
  }

  /// How often the 2xx was sent, likewise.
  int successes() {
    return times(clues.successes, clues.resentSuccesses);
  }

  /// @param seen how often in all
  /// @param again how many of them had been seen by the same agent before
  private static int times(int seen, int again) {
    int distinct = Math.max(1, seen - again);
    return (seen + distinct - 1) / distinct;
  }

  /// From the first to the last sending of the request, in nanoseconds.
  long asking() {
    return request.happened() ? clues.lastRequest - request.time() : 0;
  }

  /// From the first to the last 2xx, in nanoseconds.
  long answering() {
    return success.happened() ? clues.lastSuccess - success.time() : 0;
  }
}
